// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

#include "measure/index/flow_packets.hpp"
#include "measure/index/stall_log.hpp"
#include "measure/measurements.hpp"

namespace wandrill {

/// The runs of packets lost in a row among those scheduled within `span`, by the sender's schedule
/// (RFC 6413 4). Packets that the tester did not send, or whose fate is unknown, neither make nor
/// end a run. `subject`: the name by which the tester tells of its own receive queue's losses.
std::vector<LossPeriod> find_loss_periods(const FlowPackets& packets, const TimeSpan& span,
                                          const StallLog& stalls, std::string_view subject);

/// When the flow was restored after the period: the schedule of the first packet that came, or, of
/// an open one, the end of what is known.
inline RunInstant end_of(const LossPeriod& period) {
  return period.gap_start + period.gap;
}

/// From the last packet that came before the period to the first after it, by schedule.
inline TimeSpan gap_span(const LossPeriod& period) {
  return {period.gap_start, end_of(period)};
}

}  // namespace wandrill
