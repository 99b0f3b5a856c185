// SPDX-License-Identifier: Apache-2.0
#include "verdict/findings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "plan/faults/fault_info.hpp"
#include "verdict/find_bad_calls.hpp"
#include "verdict/find_bufferbloat.hpp"
#include "verdict/find_differences.hpp"
#include "verdict/find_leaks.hpp"
#include "verdict/find_phones.hpp"
#include "verdict/find_requests.hpp"
#include "verdict/find_tunnels.hpp"
#include "verdict/text.hpp"

namespace wandrill {
namespace {

using Bucket = Finding::Bucket;
using namespace std::chrono_literals;

/// A session that is dark this much longer than the first is stuck, not slow.
constexpr Nanos kStuckAfter = 1s;
/// Detection faster than this is not worth tuning.
constexpr double kSlowDetection = 1.0;
/// A few packets may slip through in the moment of the switch.
constexpr std::uint64_t kForeignPackets = 10;

std::string_view advice_for_missed(const FaultAction* fault) {
  if (fault != nullptr && fault->filter != TrafficFilter{})
    return "Let the health check send what people send, e.g. a DNS query or an HTTPS connection, "
           "beside or instead of a ping: a line may pass the one and not the other.";
  if (fault != nullptr && !info_of(fault->kind).advice.empty()) return info_of(fault->kind).advice;
  return "Let the health check count lost and slow probes, not only a dead line.";
}

void find_missed(const Plan& plan, const Measurements& measurements, std::vector<Finding>& found) {
  for (const auto& transition : measurements.transitions) {
    if (!transition.missed) continue;
    const auto* fault = find_fault(plan, transition.cause);
    found.push_back(
        {Bucket::kImmediateFix, fmt::format("The router never left {}", transition.from_wan),
         fmt::format("{} at {:.1f} s ({}), and traffic kept leaving by it.",
                     fault_story(plan, transition),
                     transition.observed ? in_seconds(*transition.observed) : 0.0, transition.what),
         std::string{advice_for_missed(fault)}});
  }
}

bool is_stuck(const FlowSummary& flow, RunInstant moved) {
  return std::ranges::any_of(flow.loss_periods, [&](const LossPeriod& period) {
    return period.first_missing <= moved &&
           period.first_missing + period.gap >= moved + kStuckAfter;
  });
}

/// The WAN that the session of `flow` leaves by at `at`; empty when the taps did not see it.
std::string egress_at(const Plan& plan, const Measurements& measurements, const FlowPlan& flow,
                      RunInstant at) {
  const auto up = plan.traffic.sessions[flow.session].up;
  std::string wan;
  if (up < measurements.flows.size())
    for (const auto& [since, name] : measurements.flows[up].path)
      if (since <= at) wan = name;
  return wan;
}

struct Stuck {
  std::vector<std::string> on_dead_wan;
  std::vector<std::string> on_old_address;
  std::size_t ipv6 = 0;
  std::size_t moved_ipv4 = 0;
  std::size_t moved = 0;

  [[nodiscard]] std::size_t count() const { return on_dead_wan.size() + on_old_address.size(); }
};

Stuck stuck_after(const Plan& plan, const Measurements& measurements,
                  const Transition& transition) {
  Stuck stuck;
  for (const auto& flow : plan.traffic.flows) {
    if (flow.id >= measurements.flows.size()) continue;
    const auto& session = plan.traffic.sessions[flow.session];
    // A new address ends TCP connections by their nature; that is a finding of its own.
    // Within a tunnel it is the tunnel that has to move.
    if (!session.tells_of_the_path()) continue;
    const bool ipv6 = session.client.address.family() == Family::kIpv6;
    if (!is_stuck(measurements.flows[flow.id], *transition.first_packet)) {
      ++stuck.moved;
      if (!ipv6) ++stuck.moved_ipv4;
      continue;
    }
    if (ipv6) ++stuck.ipv6;
    const auto egress = egress_at(plan, measurements, flow, *transition.first_packet + kStuckAfter);
    (egress == transition.to_wan ? stuck.on_old_address : stuck.on_dead_wan).push_back(flow.name);
  }
  return stuck;
}

void add_stuck(const Transition& transition, const Stuck& stuck, std::vector<Finding>& found) {
  const auto others =
      fmt::format("while {} other flows went on over {}", stuck.moved, transition.to_wan);
  if (stuck.ipv6 == stuck.count() && stuck.moved_ipv4 > 0) {
    auto names = stuck.on_dead_wan;
    names.insert(names.end(), stuck.on_old_address.begin(), stuck.on_old_address.end());
    found.push_back({Bucket::kPlannedEngineering, "IPv6 did not follow to the other WAN",
                     fmt::format("{} stayed dark {}, over IPv4.", names_text(names), others),
                     "Give IPv6 the same health check and routes as IPv4, and translate the prefix "
                     "(NPTv6) or withdraw the dead ISP's prefix from the LAN."});
    return;
  }
  if (!stuck.on_dead_wan.empty())
    found.push_back({Bucket::kImmediateFix,
                     fmt::format("Sessions stayed on the dead {}", transition.from_wan),
                     fmt::format("{} stayed dark {}.", names_text(stuck.on_dead_wan), others),
                     "Let the switch move established sessions too: flush the connection tracking "
                     "entries and route caches that pin them to the dead WAN."});
  if (!stuck.on_old_address.empty())
    found.push_back({Bucket::kImmediateFix, "Sessions did not survive the new address",
                     fmt::format("{} stayed dark {}.", names_text(stuck.on_old_address), others),
                     "Flush the connection tracking entries when the WAN changes (conntrack -D, or "
                     "masquerade on both ports), so that NAT takes the new WAN's address."});
}

void find_stuck(const Plan& plan, const Measurements& measurements, std::vector<Finding>& found) {
  for (const auto& transition : measurements.transitions) {
    if (transition.kind != Transition::Kind::kFailover || !transition.first_packet) continue;
    const auto stuck = stuck_after(plan, measurements, transition);
    if (stuck.count() == 0 || stuck.moved == 0) continue;
    add_stuck(transition, stuck, found);
    return;
  }
}

void find_foreign_addresses(const Measurements& measurements, std::vector<Finding>& found) {
  std::uint64_t packets = 0;
  std::vector<std::string> flows;
  const ForeignSource* first = nullptr;
  for (const auto& flow : measurements.flows) {
    for (const auto& foreign : flow.foreign_sources) {
      packets += foreign.packets;
      if (first == nullptr) first = &foreign;
    }
    if (!flow.foreign_sources.empty()) flows.push_back(flow.name);
  }
  if (packets < kForeignPackets) return;
  found.push_back(
      {Bucket::kImmediateFix,
       fmt::format("Packets leave by {} with {}'s address", first->wan, first->source_wan),
       fmt::format("{} packets of {}, first at {:.1f} s. A provider drops them (BCP 38).", packets,
                   names_text(flows), in_seconds(first->since)),
       "Let NAT choose the address of the port that a packet leaves by, and flush the "
       "connection tracking entries when the WAN changes."});
}

void find_slow_detection(const Measurements& measurements, std::vector<Finding>& found) {
  for (const auto& transition : measurements.transitions) {
    const auto declared = transition.declared ? transition.declared : transition.first_route_event;
    if (transition.kind != Transition::Kind::kFailover || !transition.observed || !declared ||
        !transition.first_packet)
      continue;
    const double detection = in_seconds(*declared) - in_seconds(*transition.observed);
    const double outage = in_seconds(*transition.first_packet) - in_seconds(*transition.observed);
    // What was told after the switch was not what it waited for.
    if (detection < kSlowDetection || detection < outage / 2 || detection > outage) continue;
    found.push_back(
        {Bucket::kPlannedEngineering, "Detection is most of the outage",
         fmt::format("{} of the {} from {:.1f} s until the first packet over {} passed "
                     "before the router took {} for dead.",
                     time_text(detection), time_text(outage), in_seconds(*transition.observed),
                     transition.to_wan, transition.from_wan),
         "Shorten the interval, the timeout or the number of failures of the health "
         "check; where the line allows, use BFD or the loss of link."});
    return;
  }
}

void find_flapping(const Plan& plan, const Measurements& measurements,
                   std::vector<Finding>& found) {
  std::size_t false_ones = 0;
  std::size_t answers = 0;
  for (const auto& transition : measurements.transitions) {
    if (transition.missed) continue;
    ++answers;
    const bool failover = transition.kind == Transition::Kind::kFailover;
    const auto* fault = find_fault(plan, transition.cause);
    if (failover &&
        (transition.cause.empty() || (fault != nullptr && fault->duty == FailoverDuty::kForbidden)))
      ++false_ones;
  }
  std::size_t causes = 0;
  for (const auto& step : plan.timeline.steps)
    if (!std::holds_alternative<std::monostate>(step.action)) ++causes;
  const auto* advice =
      "Ask for several failed checks before leaving a WAN and for many good ones, "
      "or a hold-down time, before returning.";
  if (false_ones > 0)
    found.push_back({Bucket::kPlannedEngineering, "The router left a WAN that was good enough",
                     fmt::format("{} failovers without a fault that calls for one.", false_ones),
                     advice});
  else if (answers > causes)
    found.push_back({Bucket::kPlannedEngineering, "The router switches too often",
                     fmt::format("{} switches, for {} events of the timeline.", answers, causes),
                     advice});
}

}  // namespace

std::vector<Finding> find_faults_of_the_router(const Plan& plan, const Measurements& measurements) {
  std::vector<Finding> found;
  find_missed(plan, measurements, found);
  find_leaks(plan, measurements, found);
  find_differences(plan, measurements, found);
  find_tunnel_troubles(plan, measurements, found);
  find_stuck(plan, measurements, found);
  find_foreign_addresses(measurements, found);
  find_slow_detection(measurements, found);
  find_flapping(plan, measurements, found);
  find_phone_troubles(plan, measurements, found);
  find_bufferbloat(plan, measurements, found);
  find_bad_calls(plan, measurements, found);
  find_request_troubles(plan, measurements, found);
  std::ranges::stable_sort(found, {}, &Finding::bucket);
  return found;
}

}  // namespace wandrill
