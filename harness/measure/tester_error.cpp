// SPDX-License-Identifier: Apache-2.0
#include "measure/tester_error.hpp"

#include <algorithm>

#include "measure/percentile.hpp"

namespace wandrill {

TesterError measure_tester(const Recording& recording, const StallLog& stalls) {
  TesterError error;
  error.realtime_scheduling = recording.facts.realtime_scheduling;
  std::vector<Nanos> late;
  late.reserve(recording.sent.size());
  for (const auto lateness : recording.sent.lateness) {
    if (lateness == SentColumns::kNotSent)
      ++error.refused_sends;
    else
      late.emplace_back(lateness);
  }
  error.late_send_p50 = percentile(late, 50).value_or(Nanos{0});
  error.late_send_p99 = percentile(late, 99).value_or(Nanos{0});
  error.late_send_max = percentile(late, 100).value_or(Nanos{0});
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
