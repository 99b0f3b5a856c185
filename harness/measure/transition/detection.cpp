// SPDX-License-Identifier: Apache-2.0
#include "measure/transition/detection.hpp"

#include <algorithm>
#include <array>

namespace wandrill {
namespace {

constexpr std::array<std::string_view, 4> kAnswers{"link", "route", "rule", "nexthop"};

void keep_earliest(std::optional<RunInstant>& earliest, RunInstant at) {
  if (!earliest || at < *earliest) earliest = at;
}

}  // namespace

std::optional<RunInstant> find_declaration(const RunIndex& run, const DetectionQuery& query) {
  std::optional<RunInstant> earliest;
  for (const auto* line : run.events_of<LogEvent>()) {
    if (line->meaning != query.meaning) continue;
    const bool is_meant = line->wan.empty() || line->wan == run.wan_name(query.wan);
    if (is_meant && query.span.contains(line->at)) keep_earliest(earliest, line->at);
  }
  return earliest;
}

std::optional<RunInstant> find_route_event(const RunIndex& run, const DetectionQuery& query) {
  const auto& port = run.plan.topology.wans[query.wan].router;
  std::optional<RunInstant> earliest;
  for (const auto* change : run.events_of<NetworkEvent>()) {
    if (change->node != port.node) continue;
    if (std::find(kAnswers.begin(), kAnswers.end(), change->kind) == kAnswers.end()) continue;
    if (change->kind == "link" && change->text.starts_with(port.interface + " ")) continue;
    if (query.span.contains(change->at)) keep_earliest(earliest, change->at);
  }
  return earliest;
}

}  // namespace wandrill
