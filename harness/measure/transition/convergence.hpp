// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "measure/transition/transitions.hpp"

namespace wandrill {

/// An instant read off packets, with the flow that shows it.
struct FlowInstant {
  RunInstant at;
  FlowId flow = 0;
};

/// The first packet that left by the transition's other WAN and arrived (RFC 6412 3.6.2).
std::optional<FlowInstant> first_packet_over(const RunIndex& run, const TransitionRecord& record);

/// When the last flow was unimpaired and stayed so (RFC 6412 3.6.1, 3.7.5); for a failback, also
/// left by the restored WAN. Nothing when that did not happen before the transition's end.
std::optional<FlowInstant> full_convergence(const RunIndex& run, const TransitionRecord& record);

/// The loss periods of `flow` that belong to the transition.
std::vector<LossPeriod> losses_of(const RunIndex& run, const TransitionRecord& record, FlowId flow);

/// From when losses are put down to a transition: packets on their way when a fault hit them were
/// sent before it.
TimeSpan loss_span(const RunIndex& run, const TransitionRecord& record);

/// Fills first_packet and converged of every transition.
void add_convergence(const RunIndex& run, std::vector<TransitionRecord>& records);

}  // namespace wandrill
