// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/names.hpp"
#include "plan/resolve_parts.hpp"

namespace wandrill {

std::vector<std::string> session_names(const TrafficPlan& traffic) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const auto& session : traffic.sessions)
    for (const auto& name : {session.group, session.name})
      if (seen.insert(name).second) names.push_back(name);
  return names;
}

namespace {

/// The name of a session, a group or a flow; empty for "all".
std::string checked_session(const Placed<std::string>& name, const TimelineContext& context,
                            Mistakes& mistakes) {
  if (name.value == "all") return "";
  auto known = session_names(context.traffic);
  for (auto& flow : names_of(context.traffic.flows))
    known.push_back(std::move(flow));
  if (std::ranges::find(known, name.value) == known.end() && !known.empty())
    mistakes.add(name.place, "there is no session or flow '{}'{}", name.value,
                 name_hint(name.value, known));
  return name.value;
}

Condition silent_condition(const Placed<std::string>& name, const TimelineContext& context,
                           Mistakes& mistakes) {
  return {.kind = Condition::Kind::kSilent, .session = checked_session(name, context, mistakes)};
}

}  // namespace

Condition resolve_condition(const ConditionSpec& spec, const TimelineContext& context,
                            Mistakes& mistakes) {
  const int kinds = (spec.egress ? 1 : 0) + (spec.flowing ? 1 : 0) + (spec.log ? 1 : 0) +
                    (spec.silent ? 1 : 0) + (spec.alert ? 1 : 0);
  if (kinds != 1) mistakes.add(spec.place, "a condition is one of 'egress', 'flowing' and 'log'");
  if (spec.egress) {
    const auto& wans = context.topology.wans;
    if (context.topology.wan(spec.egress->value) == nullptr && !wans.empty())
      mistakes.add(spec.egress->place, "there is no WAN '{}'{}", spec.egress->value,
                   name_hint(spec.egress->value, names_of(wans)));
    return {.kind = Condition::Kind::kEgress, .wan = spec.egress->value};
  }
  if (spec.silent) return silent_condition(*spec.silent, context, mistakes);
  if (spec.log) {
    check_pattern(*spec.log, mistakes);
    return {.kind = Condition::Kind::kLog, .pattern = spec.log->value};
  }
  if (spec.alert) {
    check_pattern(*spec.alert, mistakes);
    if (std::ranges::find(context.topology.services, ServiceKind::kMonitor, &ServicePlan::kind) ==
        context.topology.services.end())
      mistakes.add(spec.alert->place,
                   "nobody listens: the topology has no service of kind monitor");
    return {.kind = Condition::Kind::kAlert,
            .pattern = spec.alert->value,
            .channel = spec.by ? spec.by->value : ""};
  }
  Condition condition{.kind = Condition::Kind::kFlowing};
  if (spec.flowing) condition.session = checked_session(*spec.flowing, context, mistakes);
  return condition;
}

AbortPlan resolve_abort(const AbortSpec& spec, const TimelineContext& context, Mistakes& mistakes) {
  const auto& condition = spec.condition;
  const int kinds =
      (condition.egress ? 1 : 0) + (condition.silent ? 1 : 0) + (condition.log ? 1 : 0);
  AbortPlan abort{.condition = {}, .lasting = spec.lasting ? spec.lasting->value : Nanos{0}};
  if (kinds != 1) {
    mistakes.add(condition.place, "an abort condition is one of 'silent', 'egress' and 'log'");
    return abort;
  }
  if (condition.silent && abort.lasting == Nanos{0})
    mistakes.add(condition.silent->place, "'silent' needs 'for', how long nothing may arrive");
  if (condition.log && spec.lasting)
    mistakes.add(spec.lasting->place, "a line of the log is there or not; it takes no 'for'");
  abort.condition = resolve_condition(condition, context, mistakes);
  return abort;
}

}  // namespace wandrill
