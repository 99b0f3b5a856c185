// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/resolve_fault.hpp"

#include <algorithm>

#include "base/names.hpp"
#include "plan/check_attached.hpp"
#include "plan/faults/fault_info.hpp"
#include "plan/faults/resolve_filter.hpp"
#include "plan/topology/check_queue.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

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

/// What a key may not be, whichever fault it stands with.
void check_values(const StepSpec& step, Mistakes& mistakes) {
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
  if (step.rate && step.rate->value.value == 0)
    mistakes.add(step.rate->place, "a rate of 0 lets nothing through; use 'fault: blackhole'");
}

/// A rate can only shrink from one that the line has.
void check_ramp(const StepSpec& step, const FaultAction& fault, const TopologyPlan& topology,
                Mistakes& mistakes) {
  if (fault.ramp == Nanos{0} || !takes_key(fault.kind, "rate")) return;
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
  // Also those of a key that stands with the wrong fault.
  const auto rate = step.rate ? step.rate->value : fault.value.rate;
  const auto delay = step.delay ? step.delay->value : fault.value.delay;
  for (const auto direction : {Direction::kUp, Direction::kDown})
    if (covers(fault.direction, direction)) {
      const auto& line = direction == Direction::kUp ? wan->up : wan->down;
      check_queue(*step.queue, rate, line.delay + delay, to_string(direction), mistakes);
    }
}

/// Only a WAN that fails can ask for another one.
void check_duty(const StepSpec& step, Mistakes& mistakes) {
  if (step.failover && step.failover->value == "required")
    mistakes.add(step.failover->place,
                 "'failover: required' needs a fault on a WAN; 'fault: {}' breaks none",
                 step.fault->value);
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

std::optional<FaultAction> resolve_fault(const StepSpec& step, const FaultContext& context,
                                         Mistakes& mistakes) {
  const auto kind = parse_word<FaultKind>(step.fault->value);
  if (!kind) return std::nullopt;
  const auto& info = info_of(*kind);
  check_values(step, mistakes);
  if (info.check != nullptr) info.check(step, mistakes);
  FaultAction fault{.kind = *kind};
  if (!set_target(fault, step, context.topology, mistakes)) return std::nullopt;
  if (step.direction)
    fault.direction = parse_word<FaultDirection>(step.direction->value).value_or(fault.direction);
  fault.filter = resolve_filter(step, mistakes);
  if (info.resolve != nullptr) info.resolve(step, context, fault, mistakes);
  if (step.over) fault.ramp = step.over->value;
  check_ramp(step, fault, context.topology, mistakes);
  check_queues(step, fault, context.topology, mistakes);
  if (context.topology.is_attached()) check_attached_fault(step, fault, mistakes);
  return fault;
}

void check_netem(const StepSpec& step, Mistakes& mistakes) {
  const auto kind = parse_word<FaultKind>(step.fault->value);
  if (kind && info_of(*kind).check_netem != nullptr) info_of(*kind).check_netem(step, mistakes);
}

}  // namespace wandrill
