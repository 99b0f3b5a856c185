// SPDX-License-Identifier: Apache-2.0
#include "verdict/find_leaks.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "verdict/text.hpp"

namespace wandrill {
namespace {

const SessionPlan& session_of(const Plan& plan, const Leak& leak) {
  return *plan.traffic.session_named(leak.session);
}

/// The leak is there from the start: no switch is needed for it.
bool is_standing(const Plan& plan, const Leak& leak) {
  const auto& primary = plan.topology.wans.front().name;
  return leak.wan == primary;
}

/// From home to somewhere out there, as a host may not that has nothing but a VPN.
bool is_outbound(const Plan& plan, const Leak& leak) {
  const auto& session = session_of(plan, leak);
  const auto* sender = plan.topology.node(session.client.node);
  const auto* receiver = plan.topology.node(session.server.node);
  return sender != nullptr && receiver != nullptr && sender->kind == NodeKind::kHost &&
         receiver->kind != NodeKind::kHost;
}

const char* advice_for(const Plan& plan, const Leak& leak) {
  if (is_outbound(plan, leak))
    return "Hold the host to what it may reach by rules that name no WAN port, IPv4 and IPv6 "
           "alike, "
           "and that nothing reloads or removes at a switch.";
  const auto* sender = plan.topology.node(session_of(plan, leak).client.node);
  const bool is_inbound = sender != nullptr && sender->kind != NodeKind::kHost;
  if (is_standing(plan, leak))
    return is_inbound ? "Drop what comes from a WAN and is no answer, for every WAN port, IPv4 and "
                        "IPv6 alike."
                      : "Drop what goes from one segment to another and is not allowed by name, "
                        "IPv4 and IPv6 alike.";
  return is_inbound ? "Give the backup's port the firewall rules that the primary's has: name both "
                      "in the same rule, or put both into one zone."
                    : "Let the rules between segments not depend on the WAN in use: what runs at "
                      "a switch must not reload, flush or narrow the firewall.";
}

void find_barred_traffic_among(const Measurements& measurements, std::vector<Finding>& found) {
  for (const auto& barred : measurements.barred)
    found.push_back(
        {Finding::Bucket::kImmediateFix,
         fmt::format("{} goes by {}, which is not for it", capitalised(barred.host), barred.wan),
         fmt::format("{} packets left by it, the first at {:.1f} s: {}.", barred.packets,
                     in_seconds(barred.first), barred.packet),
         fmt::format(
             "Keep it off by a rule that drops what comes from its network and leaves by the "
             "port of {}, IPv4 and IPv6 alike, before the rule that accepts established "
             "connections; a route of its own would not stop it where that route is gone.",
             barred.wan)});
}

/// The leaks of one sender that one change stops.
struct LeakGroup {
  std::string_view advice;
  std::vector<const Leak*> leaks;  ///< In the order in which they were measured.
};

std::vector<LeakGroup> groups_of(const Plan& plan, const std::vector<Leak>& leaks) {
  std::vector<LeakGroup> groups;
  for (const auto& leak : leaks) {
    const std::string_view advice = advice_for(plan, leak);
    const auto& sender = session_of(plan, leak).client.node;
    auto group = std::ranges::find_if(groups, [&](const LeakGroup& one) {
      return one.advice == advice && session_of(plan, *one.leaks.front()).client.node == sender;
    });
    if (group == groups.end()) group = groups.insert(group, {.advice = advice, .leaks = {}});
    group->leaks.push_back(&leak);
  }
  return groups;
}

std::vector<std::string> receivers_of(const Plan& plan, const LeakGroup& group) {
  std::vector<std::string> receivers;
  for (const auto* leak : group.leaks) {
    const auto& node = session_of(plan, *leak).server.node;
    if (std::ranges::find(receivers, node) == receivers.end()) receivers.push_back(node);
  }
  return receivers;
}

Finding finding_of(const Plan& plan, const LeakGroup& group) {
  const auto& leak =
      **std::ranges::min_element(group.leaks, {}, [](const Leak* one) { return one->first; });
  const auto more = group.leaks.size() - 1;
  return {Finding::Bucket::kImmediateFix,
          fmt::format("What policy forbids reached {} from {}",
                      names_text(receivers_of(plan, group)), session_of(plan, leak).client.node),
          fmt::format("{} of {} packets of {} arrived, the first at {:.1f} s{}: {}.{}",
                      leak.arrived, leak.attempts, leak.session, in_seconds(leak.first),
                      leak.wan.empty() ? "" : fmt::format(", while traffic left by {}", leak.wan),
                      leak.packet,
                      more == 0   ? ""
                      : more == 1 ? " One more of its pairs leaks."
                                  : fmt::format(" {} more of its pairs leak.", more)),
          std::string{group.advice}};
}

}  // namespace

void find_leaks(const Plan& plan, const Measurements& measurements, std::vector<Finding>& found) {
  constexpr std::size_t kMostShown = 6;
  const auto groups = groups_of(plan, measurements.leaks);
  for (std::size_t i = 0; i < std::min(kMostShown, groups.size()); ++i)
    found.push_back(finding_of(plan, groups[i]));
  if (groups.size() > kMostShown)
    found.back().evidence +=
        fmt::format(" So do those of {} more senders.", groups.size() - kMostShown);
  find_barred_traffic_among(measurements, found);
}

}  // namespace wandrill
