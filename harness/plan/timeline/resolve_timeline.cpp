// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/names.hpp"
#include "base/random.hpp"
#include "plan/faults/fault_keys.hpp"
#include "plan/faults/fault_text.hpp"
#include "plan/faults/flap.hpp"
#include "plan/faults/resolve_fault.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/timeline/action_text.hpp"
#include "plan/timeline/timeline_labels.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

/// Plays the timeline in thought: expands repeats, keeps track of the time as far as it is known
/// beforehand and of the faults in force.
class TimelineResolver {
 public:
  TimelineResolver(const Scenario& scenario, const TimelineContext& context, Mistakes& mistakes)
      : scenario_{scenario}, context_{context}, mistakes_{mistakes} {}

  ResolvedTimeline resolve() {
    const bool is_wanted = !scenario_.is_steered && !scenario_.name.value.empty();
    if (scenario_.timeline.empty() && is_wanted)
      mistakes_.add(scenario_.place, "the timeline has no steps");
    // Whoever steers gives the next fault the name of one that is over.
    collect_labels(scenario_.timeline, scenario_.is_steered ? LabelUse::kAgain : LabelUse::kOnce,
                   result_.labels, mistakes_);
    walk(scenario_.timeline, Round{});
    for (const auto& abort : scenario_.aborts)
      result_.plan.aborts.push_back(resolve_abort(abort, context_, mistakes_));
    auto& plan = result_.plan;
    if (scenario_.duration) plan.duration = scenario_.duration->value + shift_;
    plan.steady_for = scenario_.steady_for ? scenario_.steady_for->value : defaults::kSteadyFor;
    plan.steady_within =
        scenario_.steady_within ? scenario_.steady_within->value : defaults::kSteadyWithin;
    plan.failback_within =
        scenario_.failback_within ? scenario_.failback_within->value : defaults::kFailbackWithin;
    return std::move(result_);
  }

 private:
  struct Round {
    int cycle = 1;
    bool repeated = false;
    bool drawn = false;  ///< Its times come from the seed already.
  };
  struct FaultInForce {
    std::string id;
    std::string label;
    std::string wan;
    FaultDirection direction = FaultDirection::kBoth;
    bool kills = false;
    FaultTarget target = FaultTarget::kLink;
    std::string victim;  ///< See victim_of().
    Place place;
  };

  void walk(const std::vector<StepSpec>& steps, const Round& round) {
    for (const auto& step : steps) {
      if (result_.plan.steps.size() > defaults::kMostSteps) return;
      check_shape(step, round);
      if (step.is_repeat)
        repeat(step, round);
      else if (step.is_random)
        draw(step, round);
      else
        add_step(step, round);
    }
  }

  void repeat(const StepSpec& step, const Round& round) {
    if (has_time(step)) emit(when_of(step, round), {}, round);
    const auto times = step.times ? step.times->value : 1;
    if (times < 1 || times > defaults::kMostCycles)
      return mistakes_.add(step.times->place, "'times' must be from 1 to {}",
                           defaults::kMostCycles);
    if (step.steps.empty()) mistakes_.add(step.place, "this repeat has no steps");
    for (std::uint64_t cycle = 1; cycle <= times; ++cycle)
      walk(step.steps, {.cycle = static_cast<int>(cycle), .repeated = true});
    if (result_.plan.steps.size() > defaults::kMostSteps && !round.repeated)
      mistakes_.add(step.place, "with its repeats the timeline has more than {} steps",
                    defaults::kMostSteps);
  }

  void draw(const StepSpec& step, const Round& round) {
    if (round.drawn)
      return mistakes_.add(step.place, "a random schedule does not hold another one");
    if (has_time(step)) emit(when_of(step, round), {}, round);
    const auto seed = derive_seed(context_.seed, {"round", std::to_string(round.cycle)});
    walk(draw_random(step, seed, mistakes_),
         {.cycle = round.cycle, .repeated = true, .drawn = true});
  }

  static bool has_time(const StepSpec& step) {
    return step.at || step.wait || step.wait_until || step.after;
  }

  void check_shape(const StepSpec& step, const Round&) {
    const int whens =
        (step.at ? 1 : 0) + (step.wait ? 1 : 0) + (step.wait_until ? 1 : 0) + (step.after ? 1 : 0);
    const int actions = (step.fault ? 1 : 0) + (step.restore ? 1 : 0) + (step.command ? 1 : 0) +
                        (step.is_repeat ? 1 : 0) + (step.is_random ? 1 : 0);
    if (whens > 1)
      mistakes_.add(step.place, "a step has only one of 'at', 'wait', 'wait_until' and 'after'");
    if (actions > 1)
      mistakes_.add(
          step.place,
          "a step does only one thing: 'fault', 'restore', 'command', 'repeat' or 'random'");
    if (whens + actions == 0) mistakes_.add(step.place, "this step says neither when nor what");
    if (step.wait_until && !step.deadline)
      mistakes_.add(step.place, "'wait_until' needs a 'deadline'");
    if (step.deadline && !step.wait_until && !step.after && !step.command)
      mistakes_.add(step.deadline->place,
                    "'deadline' belongs to 'wait_until', 'after' and 'command'");
    if (step.as && (actions == 0 || step.is_repeat || step.is_random))
      mistakes_.add(step.as->place, "'as' labels a fault, a restore or a command");
    check_fault_keys(step, mistakes_);
  }

  decltype(StepPlan::when) when_of(const StepSpec& step, const Round& round) {
    if (step.at) return at(*step.at, round);
    if (step.wait_until) {
      nominal_.reset();
      return UntilCondition{resolve_condition(*step.wait_until, context_, mistakes_),
                            step.deadline ? step.deadline->value : Nanos{0}};
    }
    if (step.after) {
      nominal_.reset();
      return resolve_after(step, result_.labels, mistakes_);
    }
    if (!step.wait) return AfterPrevious{};
    if (nominal_) nominal_ = *nominal_ + step.wait->value;
    check_end(step.wait->place);
    return AfterPrevious{step.wait->value};
  }

  AtTime at(const Placed<Nanos>& at, const Round& round) {
    const auto& [time, place] = at;
    if (round.repeated)
      mistakes_.add(place,
                    "a step of a repeat has no time of its own: use 'wait:' instead of 'at:'");
    else if (!nominal_)
      mistakes_.add(place,
                    "after a 'wait_until' or an 'after' the time is not known beforehand: use "
                    "'wait:' instead of 'at:'");
    else if (time < *nominal_)
      mistakes_.add(place, "'at: {}' is before the step above, which comes at {}", to_string(time),
                    to_string(*nominal_));
    if (nominal_) nominal_ = std::max(time, *nominal_);
    check_end(place);
    return {time + shift_};
  }

  void check_end(const Place& place) {
    if (scenario_.duration && nominal_ && *nominal_ > scenario_.duration->value)
      mistakes_.add(place, "this step comes at {}, after the end of the scenario ('duration: {}')",
                    to_string(*nominal_), to_string(scenario_.duration->value));
  }

  void add_step(const StepSpec& step, const Round& round) {
    auto when = when_of(step, round);
    if (step.fault) return add_fault(step, std::move(when), round);
    if (step.restore) return emit(std::move(when), restore(step), round);
    if (step.command) return emit(std::move(when), command(step), round);
    emit(std::move(when), {}, round);
  }

  void emit(decltype(StepPlan::when) when, decltype(StepPlan::action) action, const Round& round) {
    result_.plan.steps.push_back({std::move(when), std::move(action), round.cycle});
  }

  std::string next_id(const std::string& label) {
    const int use = ++uses_[label];
    return use == 1 ? label : fmt::format("{}#{}", label, use);
  }

  void add_fault(const StepSpec& step, decltype(StepPlan::when) when, const Round& round) {
    auto fault = resolve_fault(step, {context_.topology, context_.router}, mistakes_);
    if (context_.engine == EngineChoice::kNetem) check_netem(step, mistakes_);
    if (!fault) {
      // Known as a fault all the same, so that restoring it is no second mistake.
      in_force_.push_back({.id = label_of(step), .label = label_of(step), .place = step.place});
      return;
    }
    fault->label = label_of(step);
    fault->id = next_id(fault->label);
    check_overlap(*fault, step.fault->place);
    if (scenario_.is_steered && step.as) check_label(*step.as);
    if (fault->kind == FaultKind::kFlap) fault->edges = flap_edges(step, fault->id, context_.seed);
    fault->duty =
        step.failover
            ? parse_word<FailoverDuty>(step.failover->value).value_or(FailoverDuty::kEither)
            : duty_of(*fault);
    if (is_momentary(*fault))
      momentary_.insert(fault->label);
    else
      in_force_.push_back({fault->id, fault->label, fault->wan, fault->direction,
                           must_be_left(*fault) || fault->kind == FaultKind::kFlap,
                           target_of(fault->kind), victim_of(*fault), step.fault->place});
    // What waits for an event, or is drawn, comes when it was asked for.
    if (!step.after && !round.drawn) delay_by(phase_jitter(fault->id), when, round);
    emit(std::move(when), std::move(*fault), round);
  }

  /// Uniform in [0, phase_jitter), the same for the same seed and fault.
  [[nodiscard]] Nanos phase_jitter(const std::string& id) const {
    const Nanos most =
        scenario_.phase_jitter ? scenario_.phase_jitter->value : defaults::kPhaseJitter;
    Random random{derive_seed(context_.seed, {"phase", id})};
    return Nanos{static_cast<Nanos::rep>(random.uniform() * static_cast<double>(most.count()))};
  }

  /// Later steps keep their distance: the shift stays in force.
  void delay_by(Nanos jitter, decltype(StepPlan::when)& when, const Round& round) {
    shift_ += jitter;
    if (auto* at = std::get_if<AtTime>(&when)) {
      at->at += jitter;
    } else if (auto* wait = std::get_if<AfterPrevious>(&when)) {
      wait->wait += jitter;
    } else {
      emit(std::move(when), {}, round);
      when = AfterPrevious{jitter};
    }
  }

  void check_label(const Placed<std::string>& label) {
    if (std::ranges::find(in_force_, label.value, &FaultInForce::label) != in_force_.end())
      mistakes_.add(label.place,
                    "a fault '{}' is still in force: restore it first, or say another 'as'",
                    label.value);
  }

  void check_overlap(const FaultAction& fault, const Place& place) {
    for (const auto& other : in_force_)
      if (other.target == target_of(fault.kind) && other.victim == victim_of(fault) &&
          !other.victim.empty() && overlap(other.direction, fault.direction))
        mistakes_.add(place, "overlaps with '{}' ({}), which is still in force on {}", other.label,
                      seen_from(place, other.place), fault_place(fault));
  }

  /// What bears only one fault at a time: a link's direction, an ISP, a server, a program of the
  /// router; empty where any number may be in force (exec).
  [[nodiscard]] std::string victim_of(const FaultAction& fault) const {
    switch (target_of(fault.kind)) {
      case FaultTarget::kServer:
        return fault.lab.server;
      case FaultTarget::kRouter:
        return fault.lab.process;
      case FaultTarget::kIsp:
        return context_.topology.wan(fault.wan)->isp.node;
      case FaultTarget::kLink:
        break;
    }
    // Faults of different filters are in force side by side.
    return fault.wan + " " + to_string(fault.filter);
  }

  static bool overlap(FaultDirection a, FaultDirection b) {
    return a == FaultDirection::kBoth || b == FaultDirection::kBoth || a == b;
  }

  /// One direction alone is a router's choice.
  static bool must_be_left(const FaultAction& fault) {
    return takes_wan_away(fault) && fault.direction == FaultDirection::kBoth;
  }

  /// A fault that kills the best usable WAN must make the router move, if it has where to go.
  [[nodiscard]] FailoverDuty duty_of(const FaultAction& fault) const {
    if (info_of(fault.kind).leaves_wan_good) return FailoverDuty::kForbidden;
    if (!must_be_left(fault)) return FailoverDuty::kEither;
    std::vector<std::string> usable;
    for (const auto& wan : context_.topology.wans)
      if (std::ranges::none_of(in_force_, [&](const FaultInForce& other) {
            return other.wan == wan.name && other.kills;
          }))
        usable.push_back(wan.name);
    const bool required = usable.size() > 1 && usable.front() == fault.wan;
    return required ? FailoverDuty::kRequired : FailoverDuty::kEither;
  }

  RestoreAction restore(const StepSpec& step) {
    const auto label = label_of(step);
    RestoreAction action{.id = next_id(label), .label = label, .faults = {}};
    const auto& [wanted, place] = *step.restore;
    const bool all = wanted == "all";
    std::erase_if(in_force_, [&, &name = wanted](const FaultInForce& fault) {
      const bool restored = all || fault.label == name;
      if (restored) action.faults.push_back(fault.id);
      return restored;
    });
    if (!action.faults.empty()) return action;
    if (all)
      mistakes_.add(place, "nothing to restore: no fault is in force here");
    else if (momentary_.contains(wanted))
      mistakes_.add(place, "'{}' is over by itself: there is nothing to restore", wanted);
    else if (const auto faults = fault_labels(scenario_.timeline);
             std::ranges::find(faults, wanted) != faults.end())
      mistakes_.add(place, "'{}' is not in force here", wanted);
    else
      mistakes_.add(place, "there is no fault '{}' to restore{}", wanted,
                    name_hint(wanted, faults));
    return action;
  }

  CommandAction command(const StepSpec& step) {
    const auto names = names_of(context_.router.commands);
    if (std::ranges::find(names, step.command->value) == names.end() &&
        !context_.router.name.empty())
      mistakes_.add(step.command->place, "router '{}' has no command '{}'{}", context_.router.name,
                    step.command->value, name_hint(step.command->value, names));
    // Of a step that waits and then runs a command, the deadline is the waiting's.
    const bool is_its_own = step.deadline && !step.wait_until && !step.after;
    const Nanos deadline = is_its_own ? step.deadline->value : defaults::kCommandDeadline;
    if (is_its_own && deadline <= Nanos{0})
      mistakes_.add(step.deadline->place, "no command ends within {}", to_string(deadline));
    const auto label = label_of(step);
    return {
        .id = next_id(label), .label = label, .command = step.command->value, .deadline = deadline};
  }

  const Scenario& scenario_;
  const TimelineContext& context_;
  Mistakes& mistakes_;
  ResolvedTimeline result_;
  std::map<std::string, int> uses_;
  std::vector<FaultInForce> in_force_;
  std::set<std::string> momentary_;  ///< Labels of faults that are over by themselves.
  /// Of the step before, without jitter; unknown after a condition.
  std::optional<Nanos> nominal_ = Nanos{0};
  Nanos shift_{0};  ///< The phase jitter of all faults so far.
};

}  // namespace

ResolvedTimeline resolve_timeline(const Scenario& scenario, const TimelineContext& context,
                                  Mistakes& mistakes) {
  return TimelineResolver{scenario, context, mistakes}.resolve();
}

}  // namespace wandrill
