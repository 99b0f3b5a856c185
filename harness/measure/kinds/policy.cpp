// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/policy.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "measure/worst.hpp"

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
std::string wan_in_use(const RunIndex& run, RunTime at) {
  std::optional<std::uint8_t> wan;
  for (const auto& egress : run.egress)
    if (run.is_ruler(egress.flow))
      for (const auto& leg : egress.runs)
        if (leg.first <= at) wan = leg.wan;
  return wan ? run.wan_name(*wan) : "";
}

std::string packet_of(const RunIndex& run, const std::string& session) {
  for (const auto& event : run.recording.events)
    if (const auto* told = std::get_if<PolicyEvent>(&event))
      if (told->session == session && run.timeline.contains(told->at)) return told->packet;
  return "";
}

/// Packets that the taps counted on all WANs by this rule.
Measured count_breaches(const RunIndex& run, std::string_view rule) {
  Measured count{.value = 0.0};
  for (const auto& event : run.recording.events) {
    const auto* told = std::get_if<PolicyEvent>(&event);
    if (told == nullptr || told->rule != rule || !run.timeline.contains(told->at)) continue;
    *count.value += static_cast<double>(told->count);
    if (!count.when) count.when = {told->at, told->at};
    if (count.note.empty()) count.note = fmt::format("on {}: {}", told->wan, told->packet);
  }
  return count;
}

}  // namespace

std::vector<BarredTraffic> find_barred_traffic(const RunIndex& run) {
  std::vector<BarredTraffic> all;
  for (const auto& event : run.recording.events) {
    const auto* told = std::get_if<PolicyEvent>(&event);
    if (told == nullptr || told->rule != "barred" || !run.timeline.contains(told->at)) continue;
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

std::vector<Leak> measure_policy(const RunIndex& run, std::map<std::string, Measured>& metrics) {
  metrics["router.private_sources"] = count_breaches(run, "private_source");
  metrics["router.foreign_sources"] = count_breaches(run, "foreign_source");
  metrics["router.barred_packets"] = count_breaches(run, "barred");
  std::vector<Leak> leaks;
  WorstOf worst{metrics};
  for (const auto& session : run.plan.traffic.sessions) {
    if (session.kind != TrafficKind::kForbidden) continue;
    auto leak = leak_of(run, session);
    Measured attempts{.value = static_cast<double>(leak.attempts)};
    Measured arrived{.value = static_cast<double>(leak.arrived)};
    if (leak.arrived > 0) arrived.when = {leak.first, leak.first};
    if (leak.attempts == 0) {
      arrived.value.reset();
      arrived.note = "no packet was sent, so nothing was tried";
      arrived.untried = true;
    }
    metrics[session.name + ".attempts"] = attempts;
    metrics[session.name + ".arrived"] = arrived;
    if (session.group != session.name) {
      if (arrived.note.empty()) arrived.note = session.name;
      worst.take(session.group + ".attempts", attempts, false);
      worst.take(session.group + ".arrived", arrived, true);
    }
    if (leak.arrived == 0) continue;
    leak.wan = wan_in_use(run, leak.first);
    leak.packet = packet_of(run, session.name);
    leaks.push_back(std::move(leak));
  }
  return leaks;
}

}  // namespace wandrill
