// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/dns_series.hpp"

namespace wandrill {
namespace {

Measured count_of(const RunIndex& run, const std::string& session, const char* state) {
  Measured count{.value = 0.0};
  for (const auto& event : run.recording.events) {
    const auto* told = std::get_if<SessionEvent>(&event);
    if (told == nullptr || told->session != session || told->state != state ||
        !run.timeline.contains(told->at))
      continue;
    // The first one's reason stands for all.
    if (*count.value == 0.0) count.note = told->detail;
    *count.value += 1.0;
  }
  return count;
}

}  // namespace

void measure_dns(const RunIndex& run, std::map<std::string, Measured>& metrics) {
  for (const auto& session : run.plan.traffic.sessions) {
    if (session.kind != TrafficKind::kDns) continue;
    metrics[session.name + ".refusals"] = count_of(run, session.name, "refused");
    metrics[session.name + ".truncated"] = count_of(run, session.name, "truncated");
    metrics[session.name + ".strays"] = count_of(run, session.name, "stray");
  }
}

}  // namespace wandrill
