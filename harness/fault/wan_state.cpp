// SPDX-License-Identifier: Apache-2.0
#include "fault/wan_state.hpp"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "link/proof/verify.hpp"

namespace wandrill {
namespace {

/// Two at a time are drawn as one, with the correlation of the later.
CorrelatedProbability combined(const CorrelatedProbability& a, const CorrelatedProbability& b) {
  return {.share = combined_loss(a.share, b.share), .correlation = b.correlation};
}

void lay_over(Impairment& base, FaultKind kind, const Impairment& value) {
  switch (kind) {
    case FaultKind::kLoss:
      base.loss = combined_loss(base.loss, value.loss);
      if (value.bursts.on()) base.bursts = value.bursts;
      if (!value.bursts.on()) base.loss_correlation = value.loss_correlation;
      break;
    case FaultKind::kDelay:
      base.delay += value.delay;
      break;
    case FaultKind::kJitter:
      base.jitter += value.jitter;
      base.jitter_correlation = value.jitter_correlation;
      break;
    case FaultKind::kRate:
      base.rate = base.rate.value == 0 ? value.rate : std::min(base.rate, value.rate);
      base.queue = value.queue;
      break;
    case FaultKind::kReorder:
      base.reorder = combined(base.reorder, value.reorder);
      base.delay += value.delay;
      break;
    case FaultKind::kDuplicate:
      base.duplicate = combined(base.duplicate, value.duplicate);
      break;
    case FaultKind::kCorrupt:
      base.corrupt = combined(base.corrupt, value.corrupt);
      break;
    case FaultKind::kCarrier:
    case FaultKind::kFarEnd:
    case FaultKind::kBlackhole:
    case FaultKind::kFlap:
      base.blackhole = true;
      break;
    case FaultKind::kBrownout:
      for (const auto part :
           {FaultKind::kLoss, FaultKind::kDelay, FaultKind::kJitter, FaultKind::kRate})
        lay_over(base, part, value);
      break;
    default:  // of an ISP, a server or the router
      break;
  }
}

Nanos part_of(Nanos whole, double share) {
  return Nanos{static_cast<Nanos::rep>(static_cast<double>(whole.count()) * share)};
}

/// A part of the fault's value; a rate shrinks from that of the line.
Impairment part_of(const Impairment& whole, const Impairment& line, double share) {
  Impairment part = whole;
  part.loss = Percent{whole.loss.value * share};
  part.delay = part_of(whole.delay, share);
  part.jitter = part_of(whole.jitter, share);
  if (whole.rate.value > 0 && line.rate.value > whole.rate.value)
    part.rate.value =
        line.rate.value -
        static_cast<std::uint64_t>(static_cast<double>(line.rate.value - whole.rate.value) * share);
  return part;
}

void lay_over(LinkState& state, FaultKind kind, const FaultAction& fault, double share) {
  const bool up = covers(fault.direction, Direction::kUp);
  const bool down = covers(fault.direction, Direction::kDown);
  if (kind == FaultKind::kCarrier) {
    state.isp_port_up = state.isp_port_up && !up;
    state.router_port_up = state.router_port_up && !down;
    return;
  }
  if (kind == FaultKind::kFarEnd && up && down) state.isp_port_up = false;
  // A rate shrinks from the line's, wherever it is laid.
  const auto value_up = part_of(fault.value, state.up, share);
  const auto value_down = part_of(fault.value, state.down, share);
  const auto stage = std::ranges::find(state.stages, fault.filter, &StageState::filter);
  const bool filtered = stage != state.stages.end();
  assert(filtered || fault.filter.empty());
  if (up) lay_over(filtered ? stage->up : state.up, kind, value_up);
  if (down) lay_over(filtered ? stage->down : state.down, kind, value_down);
}

}  // namespace

LinkState state_under_faults(const WanPlan& wan, std::span<const FaultInForce> faults) {
  LinkState state{.up = wan.up, .down = wan.down};
  for (const auto& filter : wan.filters)
    state.stages.push_back({.filter = filter});
  for (const auto& [fault, flapped_down, share] : faults) {
    if (fault->kind != FaultKind::kFlap)
      lay_over(state, fault->kind, *fault, share);
    else if (flapped_down)
      lay_over(state, fault->flap_of, *fault, share);
  }
  return state;
}

void drive_link(ImpairedLink& link, const LinkState& from, const LinkState& to) {
  for (const auto direction : {Direction::kUp, Direction::kDown}) {
    if (to.of(direction) != from.of(direction)) link.change(direction, to.of(direction));
    for (std::size_t i = 0; i < to.stages.size(); ++i)
      if (to.stages[i].of(direction) != from.stages[i].of(direction))
        link.change_stage(i, direction, to.stages[i].of(direction));
  }
  link.set_port(Side::kRouter, to.router_port_up);
  link.set_port(Side::kIsp, to.isp_port_up);
}

std::string what_was_not_taken(ImpairedLink& link, const LinkState& wanted) {
  for (const auto direction : {Direction::kUp, Direction::kDown}) {
    auto wrong = mismatch(wanted.of(direction), link.read_back(direction));
    if (!wrong.empty()) return fmt::format("{}: {}", to_string(direction), wrong);
    for (std::size_t i = 0; i < wanted.stages.size(); ++i) {
      const auto& stage = wanted.stages[i];
      wrong = mismatch(stage.of(direction), link.read_back_stage(i, direction));
      if (!wrong.empty())
        return fmt::format("{}, {}: {}", to_string(direction), to_string(stage.filter), wrong);
    }
  }
  return "";
}

}  // namespace wandrill
