// SPDX-License-Identifier: Apache-2.0
#include "verdict/find_requests.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "plan/metrics/request_metrics.hpp"
#include "verdict/text.hpp"

namespace wandrill {
namespace {

using Bucket = Finding::Bucket;

/// Names that are not found for longer than this stop people from working.
constexpr double kLongWithoutNames = 3.0;

/// A connection, and not questions that are each of their own.
bool is_connection(const Plan& plan, const std::string& name) {
  const auto* session = plan.traffic.session_named(name);
  return session == nullptr || session->kind != TrafficKind::kDns;
}

std::string at_text(const SessionFate& fate) {
  if (!fate.at) return fate.session;
  return fmt::format("{} (from {:.1f} s on)", fate.session, in_seconds(*fate.at));
}

std::string until_text(const SessionFate& fate) {
  if (!fate.at || !fate.until) return at_text(fate);
  return fmt::format("{} (from {:.1f} s to {:.1f} s)", fate.session, in_seconds(*fate.at),
                     in_seconds(*fate.until));
}

/// "web had no answer any more until the end of the run; crm (…) hung, and went on."
std::string hang_text(const std::vector<std::string>& lost, const std::vector<std::string>& hung) {
  std::string text;
  if (!lost.empty())
    text = fmt::format("{} had no answer any more until the end of the run", names_text(lost));
  if (!hung.empty())
    text += fmt::format("{}{} hung, and went on", text.empty() ? "" : "; ", names_text(hung));
  return text + ".";
}

/// Most of the silence was without a WAN: it could not have answered.
bool is_explained(const Measurements& measurements, const SessionFate& fate) {
  return fate.at && fate.until && measurements.is_mostly_without_wan({*fate.at, *fate.until});
}

void find_lost_connections(const Plan& plan, const Measurements& measurements,
                           std::vector<Finding>& found) {
  std::vector<std::string> lost;
  std::vector<std::string> hung;
  std::vector<std::string> reset;
  for (const auto& fate : measurements.fates) {
    if (!is_connection(plan, fate.session)) continue;
    if (fate.fate == "never_recovered") lost.push_back(at_text(fate));
    if (fate.fate == "hung" && !is_explained(measurements, fate)) hung.push_back(until_text(fate));
    if (fate.fate == "reset") reset.push_back(at_text(fate));
  }
  if (!lost.empty() || !hung.empty())
    found.push_back(
        {Bucket::kImmediateFix, "TCP sessions hang", hang_text(lost, hung),
         "Let the router reset connections that cannot move (reject with tcp-reset), so "
         "that applications reconnect at once instead of waiting for time-outs."});
  if (!reset.empty())
    found.push_back(
        {Bucket::kDeferred,
         measurements.has_switched() ? "TCP sessions do not survive a switch"
                                     : "TCP sessions did not survive",
         fmt::format("{} lost the connection and had to open another.", names_text(reset)),
         "A new public address ends every connection; only a tunnel to a fixed address "
         "(VPN, SD-WAN) carries them over."});
}

/// A resolver that the timeline broke itself answers by no WAN: it is not the router's.
bool is_broken_by_timeline(const Plan& plan, const Measurements& measurements,
                           const SessionPlan& session, const TimeSpan& silence) {
  return std::ranges::any_of(plan.timeline.steps, [&](const StepPlan& step) {
    const auto* fault = std::get_if<FaultAction>(&step.action);
    if (fault == nullptr || fault->lab.server.empty()) return false;
    const auto server =
        std::ranges::find(plan.topology.servers, fault->lab.server, &ServerPlan::name);
    const auto when = std::ranges::find(measurements.instants, fault->id, &LabelledInstant::id);
    return server != plan.topology.servers.end() &&
           std::ranges::count(server->addresses, session.server.address) > 0 &&
           when != measurements.instants.end() && when->at >= silence.from - session.interval &&
           when->at <= silence.until;
  });
}

void find_lost_names(const Plan& plan, const Measurements& measurements,
                     std::vector<Finding>& found) {
  for (const auto& session : plan.traffic.sessions) {
    if (session.kind != TrafficKind::kDns) continue;
    const auto* stall = measurements.metric(session.name, metrics::requests::kLongestStall);
    if (stall == nullptr || !stall->value) continue;
    const double length = *stall->value - stall->tester_share;
    const auto silence = stall->when.value_or(TimeSpan{});
    if (length - in_seconds(measurements.without_wan_in(silence)) <= kLongWithoutNames) continue;
    if (is_broken_by_timeline(plan, measurements, session, silence)) continue;
    const auto fate = std::ranges::find(measurements.fates, session.name, &SessionFate::session);
    const auto* node = plan.topology.node(session.server.node);
    const bool asks_router = node != nullptr && node->kind == NodeKind::kRouter;
    found.push_back(
        {Bucket::kImmediateFix,
         fmt::format("{}{}",
                     asks_router ? "The router's forwarder finds no names" : "No names are found",
                     measurements.has_switched() ? " after the switch" : ""),
         fmt::format("{} had no answer for {}.",
                     fate == measurements.fates.end() ? session.name : at_text(*fate),
                     time_text(length)),
         asks_router
             ? "Give the forwarder a resolver behind each WAN and let it ask all of them; do "
               "not bind it to one WAN's address."
             : "Ask resolvers that are reached over every WAN, or let the router answer for "
               "them."});
  }
}

}  // namespace

void find_request_troubles(const Plan& plan, const Measurements& measurements,
                           std::vector<Finding>& found) {
  find_lost_names(plan, measurements, found);
  find_lost_connections(plan, measurements, found);
}

}  // namespace wandrill
