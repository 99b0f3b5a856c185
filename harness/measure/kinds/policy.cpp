// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/policy.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "plan/kinds/policy_metrics.hpp"
#include "plan/metrics/router_metrics.hpp"

namespace wandrill {
namespace {

/// The packets of ours that arrived, and the first of them.
Leak leak_of(const RunIndex& run, const SessionPlan& session) {
  const auto& packets = run.packets[session.up];
  const auto range = packets.within(run.timeline);
  Leak leak{.session = session.name, .attempts = packets.count_sent(range)};
  for (auto i = range.first; i < range.last; ++i) {
    if (!packets.came(i)) continue;
    if (leak.arrived++ == 0) leak.first = packets.arrived(i);
    leak.last = packets.arrived(i);
  }
  return leak;
}

/// Where the router was when the first packet slipped through.
std::string wan_in_use(const RunIndex& run, RunInstant at) {
  std::optional<std::uint8_t> wan;
  for (const auto& egress : run.egress)
    if (run.is_reference_flow(egress.flow))
      for (const auto& leg : egress.runs)
        if (leg.first <= at) wan = leg.wan;
  return wan ? run.wan_name(*wan) : "";
}

std::string packet_of(const RunIndex& run, const SessionPlan& session) {
  for (const auto* told : run.events_of<PolicyEvent>(session))
    if (run.timeline.contains(told->at)) return told->packet;
  return "";
}

/// Packets that the taps counted on all WANs by this rule.
Reading<Count> count_breaches(const RunIndex& run, std::string_view rule) {
  auto count = counted(0);
  for (const auto* told : run.events_of<PolicyEvent>()) {
    if (told->rule != rule || !run.timeline.contains(told->at)) continue;
    *count.value += *counted(told->count).value;
    if (!count.when) count.when = {told->at, told->at};
    if (count.note.empty()) count.note = fmt::format("on {}: {}", told->wan, told->packet);
  }
  return count;
}

void measure_forbidden(const RunIndex& run, const SessionPlan& session, MetricSink& sink) {
  auto leak = leak_of(run, session);
  auto arrived = counted(leak.arrived);
  if (leak.arrived > 0) arrived.when = {leak.first, leak.first};
  if (leak.attempts == 0) {
    arrived.value.reset();
    arrived.note = "no packet was sent, so nothing was tried";
    arrived.untried = true;
  }
  sink.set(of_session(session), metrics::policy::kAttempts, counted(leak.attempts));
  sink.set(of_session(session), metrics::forbidden::kArrived, arrived);
  if (leak.arrived == 0) return;
  leak.wan = wan_in_use(run, leak.first);
  leak.packet = packet_of(run, session);
  sink.add(std::move(leak));
}

std::vector<BarredTraffic> barred_traffic(const RunIndex& run) {
  std::vector<BarredTraffic> all;
  for (const auto* told : run.events_of<PolicyEvent>()) {
    if (told->rule != "barred" || !run.timeline.contains(told->at)) continue;
    const auto* session = run.plan.traffic.session_named(told->session);
    if (session == nullptr) continue;
    const auto& host = session->client.node;
    auto known = std::ranges::find_if(
        all, [&](const BarredTraffic& one) { return one.host == host && one.wan == told->wan; });
    if (known == all.end())
      known = all.insert(all.end(), {host, told->wan, 0, told->at, told->packet});
    known->packets += told->count;
  }
  return all;
}

}  // namespace

void measure_policy(const RunIndex& run, MetricSink& sink) {
  using namespace metrics::router;
  const MetricOf router{.subject = "router"};
  sink.set(router, kPrivateSources, count_breaches(run, "private_source"));
  sink.set(router, kForeignSources, count_breaches(run, "foreign_source"));
  sink.set(router, kBarredPackets, count_breaches(run, "barred"));
  for (auto& barred : barred_traffic(run))
    sink.add(std::move(barred));
  for (const auto& session : run.plan.traffic.sessions)
    if (session.kind == TrafficKind::kForbidden) measure_forbidden(run, session, sink);
}

}  // namespace wandrill
