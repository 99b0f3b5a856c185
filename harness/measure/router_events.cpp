// SPDX-License-Identifier: Apache-2.0
#include "measure/router_events.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

/// The router may see a loss of link before our first frame meets it.
constexpr Nanos kAhead = 5ms;

bool is_change_of_routes(const NetworkEvent& event, const std::string& broken_port) {
  if (event.kind == "route" || event.kind == "rule" || event.kind == "nexthop") return true;
  return event.kind == "link" && event.text.find(broken_port) == std::string::npos;
}

}  // namespace

void find_router_events(const RunIndex& run, Transition& transition) {
  if (!transition.observed) return;
  const bool failover = transition.kind == Transition::Kind::kFailover;
  const std::string meaning = failover ? "wan_down" : "wan_up";
  const auto& wan = failover ? transition.from_wan : transition.to_wan;
  const TimeSpan span{
      std::min(*transition.observed - kAhead, transition.applied.value_or(*transition.observed)),
      transition.ended.value_or(run.timeline.until)};
  for (const auto& event : run.recording.events) {
    if (const auto* log = std::get_if<LogEvent>(&event)) {
      const bool meant = log->meaning == meaning && (log->wan.empty() || log->wan == wan);
      if (meant && span.contains(log->at) && !transition.declared) transition.declared = log->at;
    } else if (const auto* change = std::get_if<NetworkEvent>(&event)) {
      if (span.contains(change->at) && is_change_of_routes(*change, wan) &&
          !transition.first_route_event)
        transition.first_route_event = change->at;
    }
  }
}

}  // namespace wandrill
