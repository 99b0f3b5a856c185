// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/names.hpp"
#include "plan/resolve_parts.hpp"

namespace wandrill {

std::vector<std::string> session_names(const TrafficPlan& traffic, bool tcp_only) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const auto& session : traffic.sessions)
    if (!tcp_only || session.kind == TrafficKind::kTcp)
      for (const auto& name : {session.group, session.name})
        if (seen.insert(name).second) names.push_back(name);
  return names;
}

Condition resolve_condition(const ConditionSpec& spec, const TimelineContext& context,
                            Mistakes& mistakes) {
  const int kinds = (spec.egress ? 1 : 0) + (spec.flowing ? 1 : 0) + (spec.log ? 1 : 0);
  if (kinds != 1) mistakes.add(spec.place, "a condition is one of 'egress', 'flowing' and 'log'");
  if (spec.egress) {
    const auto& wans = context.topology.wans;
    if (context.topology.wan(spec.egress->value) == nullptr && !wans.empty())
      mistakes.add(spec.egress->place, "there is no WAN '{}'{}", spec.egress->value,
                   name_hint(spec.egress->value, names_of(wans)));
    return {.kind = Condition::Kind::kEgress, .wan = spec.egress->value};
  }
  if (spec.log) {
    check_pattern(*spec.log, mistakes);
    return {.kind = Condition::Kind::kLog, .pattern = spec.log->value};
  }
  Condition condition{.kind = Condition::Kind::kFlowing};
  if (!spec.flowing || spec.flowing->value == "all") return condition;
  condition.session = spec.flowing->value;
  auto known = session_names(context.traffic, false);
  for (auto& flow : names_of(context.traffic.flows))
    known.push_back(std::move(flow));
  if (std::ranges::find(known, condition.session) == known.end() && !known.empty())
    mistakes.add(spec.flowing->place, "there is no session or flow '{}'{}", condition.session,
                 name_hint(condition.session, known));
  return condition;
}

}  // namespace wandrill
