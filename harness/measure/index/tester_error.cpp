// SPDX-License-Identifier: Apache-2.0
#include "measure/index/tester_error.hpp"

#include <algorithm>

#include "measure/index/streamed_percentiles.hpp"

namespace wandrill {

TesterError measure_tester(const Recording& recording, const PacketIndex& packets,
                           const StallLog& stalls) {
  TesterError error;
  error.realtime_scheduling = recording.facts.realtime_scheduling;
  error.realtime_programs = recording.facts.realtime_programs;
  error.emulated = recording.facts.emulated;
  error.refused_sends = packets.refused;
  const auto visit_late = [&](const auto& take) {
    for (const auto lateness : packets.stray_lateness)
      take(lateness);
    for (const auto& flow : packets.flows)
      for (std::size_t i = 0; i < flow.size(); ++i)
        if (flow.was_sent(i)) take(flow.lateness(i));
  };
  const auto late = streamed_percentiles(visit_late, {50, 99, 100});
  error.late_send_p50 = Nanos{late[0].value_or(0)};
  error.late_send_p99 = Nanos{late[1].value_or(0)};
  error.late_send_max = Nanos{late[2].value_or(0)};
  error.stalls = stalls.stalls().size();
  for (const auto& stall : stalls.stalls()) {
    error.longest_stall = std::max(error.longest_stall, stall.length());
    error.total_stall += stall.length();
  }
  for (const auto& event : recording.events) {
    const auto* tester = std::get_if<TesterEvent>(&event);
    if (tester == nullptr) continue;
    if (tester->kind == "overflow") error.receive_overflows += tester->count;
    if (tester->kind == "clock_step") error.clock_stepped = true;
  }
  return error;
}

}  // namespace wandrill
