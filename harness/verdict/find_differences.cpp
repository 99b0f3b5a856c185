// SPDX-License-Identifier: Apache-2.0
#include "verdict/find_differences.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "verdict/text.hpp"

namespace wandrill {
namespace {

using State = MatrixInterval::State;

/// The pairs of one sender that became the same at the same time.
struct Difference {
  const SessionPlan* session = nullptr;  ///< Of the first of them.
  const MatrixInterval* before = nullptr;
  const MatrixInterval* after = nullptr;
  std::vector<std::string> sessions;
  bool left = false;  ///< Some packet went out by the WAN and did not arrive.
};

/// Policy says that it must not pass, and it did: that is told as a leak.
bool is_leak(const Plan& plan, const Measurements& measurements, const SessionPlan& session) {
  return std::ranges::any_of(measurements.leaks, [&](const Leak& leak) {
    const auto& forbidden = *plan.traffic.session_named(leak.session);
    // By address: many servers are at one node.
    return forbidden.client.node == session.client.node &&
           forbidden.server.address == session.server.address;
  });
}

std::vector<Difference> differences_of(const Plan& plan, const Measurements& measurements) {
  std::vector<Difference> all;
  std::map<std::tuple<RunInstant, std::string, State>, std::size_t> known;
  for (const auto& cell : measurements.matrix) {
    const auto* after = cell.other();
    if (after == nullptr) continue;
    const auto& session = *plan.traffic.session_named(cell.session);
    if (after->state() == State::kOpen && is_leak(plan, measurements, session)) continue;
    const auto [place, is_new] =
        known.insert({{after->span.from, session.client.node, after->state()}, all.size()});
    if (is_new) all.push_back({.session = &session, .before = cell.first(), .after = after});
    auto& difference = all[place->second];
    difference.sessions.push_back(cell.session);
    difference.left = difference.left || (after->arrived == 0 && after->left > 0);
  }
  return all;
}

std::string stay_text(const MatrixInterval& stay) {
  return fmt::format("{} of {} on {} ({:.1f} s to {:.1f} s)", stay.arrived, stay.attempts, stay.wan,
                     in_seconds(stay.span.from), in_seconds(stay.span.until));
}

std::string advice_for(const Difference& difference) {
  const auto& wan = difference.after->wan;
  const bool came_back = wan == difference.before->wan;
  if (difference.after->state() == State::kOpen)
    return came_back ? fmt::format(
                           "Let what runs at the way back restore all that guarded {} "
                           "before; better, let no rule depend on the WAN in use.",
                           wan)
                     : fmt::format(
                           "Let the rules that stop it name no WAN port, or {}'s as well, "
                           "IPv4 and IPv6 alike; what runs at a switch must not flush or "
                           "narrow them.",
                           wan);
  if (difference.left)
    return fmt::format(
        "The packets leave by {} and do not arrive: give them its address (NAT on "
        "that port, NPTv6 or its prefix for IPv6), or the provider drops them.",
        wan);
  return came_back ? fmt::format(
                         "Let what runs at the way back restore all that {} let pass "
                         "before: rules, NAT and routes, IPv4 and IPv6 alike.",
                         wan)
                   : fmt::format(
                         "Give {}'s port the rules, the NAT and the routes that {}'s has: "
                         "name both in the same rule, or put both into one zone, IPv4 and "
                         "IPv6 alike.",
                         wan, difference.before->wan);
}

Finding finding_of(const Difference& difference) {
  const auto* word = difference.after->state() == State::kOpen ? "more" : "less";
  return {
      Finding::Bucket::kImmediateFix,
      fmt::format("{} reaches {} on {} than {}", capitalised(difference.session->client.node), word,
                  difference.after->wan,
                  difference.after->wan == difference.before->wan ? "before the switch"
                                                                  : "on " + difference.before->wan),
      fmt::format("{}: of {} arrived {}, {}.", names_text(difference.sessions),
                  difference.sessions.front(), stay_text(*difference.before),
                  stay_text(*difference.after)),
      advice_for(difference)};
}

}  // namespace

void find_differences(const Plan& plan, const Measurements& measurements,
                      std::vector<Finding>& found) {
  constexpr std::size_t kMostShown = 5;
  const auto all = differences_of(plan, measurements);
  for (std::size_t i = 0; i < std::min(kMostShown, all.size()); ++i)
    found.push_back(finding_of(all[i]));
  if (all.size() > kMostShown)
    found.back().evidence +=
        fmt::format(" {} more findings of this kind.", all.size() - kMostShown);
}

}  // namespace wandrill
