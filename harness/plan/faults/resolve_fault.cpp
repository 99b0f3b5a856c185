// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/resolve_fault.hpp"

#include <algorithm>

#include "base/names.hpp"
#include "base/random.hpp"
#include "plan/check_attached.hpp"
#include "plan/faults/resolve_filter.hpp"
#include "plan/faults/resolve_lab_fault.hpp"
#include "plan/topology/check_queue.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

/// A share of the period, cut off so that edges are whole nanoseconds.
Nanos share_of(Nanos period, Percent duty) {
  return Nanos{static_cast<Nanos::rep>(static_cast<double>(period.count()) * duty.value / 100.0)};
}

Percent duty_of(const StepSpec& step) {
  return step.duty ? step.duty->value : defaults::kFlapDuty;
}

void check_flap(const StepSpec& step, Mistakes& mistakes) {
  if (step.count && (step.count->value == 0 || step.count->value > defaults::kMostFlaps))
    mistakes.add(step.count->place, "'count' must be from 1 to {}", defaults::kMostFlaps);
  const auto duty = duty_of(step);
  if (step.duty && (duty <= Percent{0} || duty >= Percent{100}))
    mistakes.add(step.duty->place, "'duty' must be more than 0% and less than 100%");
  if (!step.period) return;
  const Nanos period = step.period->value;
  if (period < defaults::kShortestInterval)
    return mistakes.add(step.period->place, "'period' must be at least {}",
                        to_string(defaults::kShortestInterval));
  const Nanos down = share_of(period, duty);
  if (step.jitter && step.jitter->value >= std::min(down, period - down))
    mistakes.add(step.jitter->place,
                 "'jitter' must be less than the {} between two edges, or they would change places",
                 to_string(std::min(down, period - down)));
}

void check_share(std::string_view key, const std::optional<Placed<Percent>>& share,
                 Mistakes& mistakes) {
  if (share && (share->value == Percent{0} || share->value > Percent{100}))
    mistakes.add(share->place, "'{}' must be more than 0% and at most 100%", key);
}

void check_burst(const StepSpec& step, Mistakes& mistakes) {
  const auto& burst = *step.burst;
  check_share("enter", burst.enter, mistakes);
  check_share("leave", burst.leave, mistakes);
  check_share("loss_in_burst", burst.loss_in_burst, mistakes);
  const auto between = burst.loss_between ? burst.loss_between->value : defaults::kLossBetween;
  if (between > Percent{100})
    mistakes.add(burst.loss_between->place, "'loss_between' is at most 100%");
  if (between >= (burst.loss_in_burst ? burst.loss_in_burst->value : defaults::kLossInBurst))
    mistakes.add(burst.place, "a burst loses more than what is between: raise 'loss_in_burst'");
  if (step.over) mistakes.add(step.over->place, "bursts come at once: 'over' belongs to 'loss'");
  if (step.loss)
    mistakes.add(step.loss->place, "'burst' says what is lost: use 'loss_between' for 'loss'");
  if (step.correlation)
    mistakes.add(step.correlation->place, "'burst' says how losses hang together: leave it out");
}

void check_values(const StepSpec& step, Mistakes& mistakes) {
  if (step.fault->value == "loss" && !step.loss && !step.burst)
    mistakes.add(step.place, "'fault: loss' needs 'loss' or 'burst'");
  check_share("loss", step.loss, mistakes);
  check_share("reorder", step.reorder, mistakes);
  check_share("duplicate", step.duplicate, mistakes);
  check_share("corrupt", step.corrupt, mistakes);
  if (step.correlation && step.correlation->value > defaults::kMostCorrelation)
    mistakes.add(step.correlation->place, "'correlation' is at most {}",
                 to_string(defaults::kMostCorrelation));
  if (step.burst) check_burst(step, mistakes);
  if (step.reorder && step.reorder->value >= Percent{100})
    mistakes.add(step.reorder->place, "if every frame overtakes, none does: less than 100%");
  if (step.delay && step.delay->value == Nanos{0})
    mistakes.add(step.delay->place, "'delay' must be more than 0");
  if (step.jitter && step.jitter->value == Nanos{0} && step.fault->value == "jitter")
    mistakes.add(step.jitter->place, "'jitter' must be more than 0");
  if (step.rate && step.rate->value.value == 0)
    mistakes.add(step.rate->place, "a rate of 0 lets nothing through; use 'fault: blackhole'");
  if (step.fault->value == "flap") check_flap(step, mistakes);
}

/// A rate can only shrink from one that the line has.
void check_ramp(const StepSpec& step, const FaultAction& fault, const TopologyPlan& topology,
                Mistakes& mistakes) {
  if (fault.ramp == Nanos{0} ||
      (fault.kind != FaultKind::kRate && fault.kind != FaultKind::kBrownout))
    return;
  const auto* wan = topology.wan(fault.wan);
  const auto is_endless = [&](Direction direction) {
    const auto& line = direction == Direction::kUp ? wan->up : wan->down;
    return covers(fault.direction, direction) && line.rate.value == 0;
  };
  if (is_endless(Direction::kUp) || is_endless(Direction::kDown))
    mistakes.add(step.over->place,
                 "the line of {} has no rate of its own that could shrink over time; give it one "
                 "in the topology",
                 fault.wan);
}

/// The queue of a line under this fault, in every direction that has it.
void check_queues(const StepSpec& step, const FaultAction& fault, const TopologyPlan& topology,
                  Mistakes& mistakes) {
  const auto* wan = topology.wan(fault.wan);
  if (!step.queue || wan == nullptr) return;
  for (const auto direction : {Direction::kUp, Direction::kDown})
    if (covers(fault.direction, direction)) {
      const auto& line = direction == Direction::kUp ? wan->up : wan->down;
      check_queue(*step.queue, fault.value.rate, line.delay + fault.value.delay,
                  to_string(direction), mistakes);
    }
}

/// Only a WAN that fails can ask for another one.
void check_duty(const StepSpec& step, Mistakes& mistakes) {
  if (step.failover && step.failover->value == "required")
    mistakes.add(step.failover->place,
                 "'failover: required' needs a fault on a WAN; 'fault: {}' breaks none",
                 step.fault->value);
}

template <typename T>
T value_or(const std::optional<Placed<T>>& value, T fallback) {
  return value ? value->value : fallback;
}

/// What of the link's own values this fault sets.
Impairment impairment_of(const StepSpec& step, FaultKind kind) {
  Impairment value;
  if (kind == FaultKind::kBrownout)
    value = {.loss = defaults::kBrownoutLoss,
             .delay = defaults::kBrownoutDelay,
             .jitter = defaults::kBrownoutJitter,
             .rate = defaults::kBrownoutRate};
  const auto correlation = value_or(step.correlation, Percent{});
  value.loss = value_or(step.loss, value.loss);
  if (step.loss) value.loss_correlation = correlation;
  if (step.burst)
    value.bursts = {.enter = value_or(step.burst->enter, Percent{}),
                    .leave = value_or(step.burst->leave, Percent{}),
                    .loss_in_burst = value_or(step.burst->loss_in_burst, defaults::kLossInBurst),
                    .loss_between = value_or(step.burst->loss_between, defaults::kLossBetween)};
  value.delay = value_or(step.delay, value.delay);
  if (step.jitter && kind != FaultKind::kFlap) value.jitter = step.jitter->value;
  if (step.jitter && kind == FaultKind::kJitter) value.jitter_correlation = correlation;
  value.rate = value_or(step.rate, value.rate);
  value.queue = value_or(step.queue, value.queue);
  if (step.reorder) value.reorder = {step.reorder->value, correlation};
  if (step.duplicate) value.duplicate = {step.duplicate->value, correlation};
  if (step.corrupt) value.corrupt = {step.corrupt->value, correlation};
  return value;
}

/// Where `on` points: a WAN, or a server; the router is the only one of its kind.
bool set_target(FaultAction& fault, const StepSpec& step, const TopologyPlan& topology,
                Mistakes& mistakes) {
  const auto target = target_of(fault.kind);
  const bool is_server = target == FaultTarget::kServer;
  if (target == FaultTarget::kRouter) {
    if (step.on)
      mistakes.add(step.on->place, "'fault: {}' acts on the router; it takes no 'on'",
                   step.fault->value);
    check_duty(step, mistakes);
    return true;
  }
  if (!step.on) {
    mistakes.add(step.place, "'fault: {}' needs 'on', the {} that breaks", step.fault->value,
                 is_server ? "server" : "WAN");
    return false;
  }
  const auto names = is_server ? names_of(topology.servers) : names_of(topology.wans);
  if (std::ranges::find(names, step.on->value) == names.end()) {
    if (!names.empty())
      mistakes.add(step.on->place, "there is no {} '{}'{}", is_server ? "server" : "WAN",
                   step.on->value, name_hint(step.on->value, names));
    return false;
  }
  if (is_server) check_duty(step, mistakes);
  (is_server ? fault.lab.server : fault.wan) = step.on->value;
  return true;
}

}  // namespace

std::optional<FaultAction> resolve_fault(const StepSpec& step, const TimelineContext& context,
                                         Mistakes& mistakes) {
  const auto kind = parse_word<FaultKind>(step.fault->value);
  if (!kind) return std::nullopt;
  check_values(step, mistakes);
  FaultAction fault{.kind = *kind};
  if (!set_target(fault, step, context.topology, mistakes)) return std::nullopt;
  if (step.direction)
    fault.direction = parse_word<FaultDirection>(step.direction->value).value_or(fault.direction);
  fault.value = impairment_of(step, *kind);
  fault.filter = resolve_filter(step, mistakes);
  fault.lab = resolve_lab_fault(step, fault, context, mistakes);
  if (step.over) fault.ramp = step.over->value;
  check_ramp(step, fault, context.topology, mistakes);
  check_queues(step, fault, context.topology, mistakes);
  if (step.of) fault.flap_of = parse_word<FaultKind>(step.of->value).value_or(fault.flap_of);
  if (context.topology.is_attached()) check_attached_fault(step, fault, mistakes);
  return fault;
}

void check_netem(const StepSpec& step, Mistakes& mistakes) {
  if (step.fault->value == "jitter" && step.correlation && step.correlation->value > Percent{0})
    mistakes.add(step.correlation->place,
                 "netem forgets the correlation of a jitter: use 'engine: wire', or leave "
                 "'correlation' out");
}

bool needs_wire(const TimelinePlan& timeline) {
  return std::ranges::any_of(timeline.steps, [](const StepPlan& step) {
    const auto* fault = std::get_if<FaultAction>(&step.action);
    return fault != nullptr && fault->value.jitter_correlation.value > 0.0;
  });
}

std::vector<FlapEdge> flap_edges(const StepSpec& step, const std::string& id, std::uint64_t seed) {
  if (!step.period || !step.count || step.count->value > defaults::kMostFlaps) return {};
  const Nanos down = share_of(step.period->value, duty_of(step));
  const auto jitter = static_cast<double>(step.jitter ? step.jitter->value.count() : 0);
  Random random{derive_seed(seed, {"flap", id})};
  const auto later = [&] { return Nanos{static_cast<Nanos::rep>(random.uniform() * jitter)}; };
  std::vector<FlapEdge> edges;
  for (std::uint64_t i = 0; i < step.count->value; ++i) {
    const Nanos start = step.period->value * static_cast<Nanos::rep>(i);
    edges.push_back({i == 0 ? start : start + later(), true});
    edges.push_back({start + down + later(), false});
  }
  return edges;
}

bool is_deadly(const FaultAction& fault) {
  // What spares some packets leaves a WAN that can be of use.
  if (fault.direction != FaultDirection::kBoth || !fault.filter.empty()) return false;
  return fault.kind == FaultKind::kCarrier || fault.kind == FaultKind::kFarEnd ||
         fault.kind == FaultKind::kBlackhole || fault.kind == FaultKind::kWithdraw ||
         (fault.kind == FaultKind::kArp && fault.lab.arp == ArpMode::kNewMac) ||
         fault.value.loss >= Percent{100};
}

bool leaves_wan_good(const FaultAction& fault) {
  return fault.kind == FaultKind::kMonitorTarget || fault.kind == FaultKind::kNatRebind;
}

}  // namespace wandrill
