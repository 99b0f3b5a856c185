// SPDX-License-Identifier: Apache-2.0
#include "verdict/find_tunnels.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "plan/kinds/tunnel_metrics.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "verdict/text.hpp"

namespace wandrill {
namespace {

using Bucket = Finding::Bucket;

/// WireGuard takes a silent peer for lost after KEEPALIVE_TIMEOUT + REKEY_TIMEOUT (its paper, 6.1).
constexpr double kWireguardGivesUp = 15.0;
/// Longer than a packet of a busy tunnel waits for its turn.
constexpr double kSlowRoaming = 1.0;

/// The worst silence of the sessions within, in words.
std::string inner_outage(const Plan& plan, const Measurements& measurements,
                         const std::string& tunnel) {
  std::string text;
  for (const auto& session : plan.traffic.sessions) {
    if (session.through != tunnel) continue;
    for (const char* direction : {"up", "down"}) {
      const auto name = fmt::format("{}.{}", session.name, direction);
      const auto* gap = measurements.metric(name, metrics::flow::kLongestGap);
      if (gap == nullptr || !gap->value || !session.is_counted(Direction::kDown)) continue;
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, time_text(*gap->value));
    }
  }
  return text.empty() ? "" : fmt::format(" Silent within it at the longest: {}.", text);
}

/// It went out with another WAN's address, if it did.
std::string foreign_story(const Measurements& measurements, const std::string& tunnel) {
  for (const auto& flow : measurements.flows)
    if (flow.name == tunnel + ".up" && !flow.foreign_sources.empty()) {
      const auto& foreign = flow.foreign_sources.front();
      return fmt::format(" From {:.1f} s on its packets left by {} with {}'s address.",
                         in_seconds(foreign.since), foreign.wan, foreign.source_wan);
    }
  return "";
}

std::string lost_at(const Measurements& measurements) {
  for (const auto& transition : measurements.transitions)
    if (transition.switched)
      return fmt::format(" after the switch at {:.1f} s", in_seconds(*transition.switched));
  return "";
}

void find_lost(const Plan& plan, const SessionPlan& tunnel, const Measurements& measurements,
               std::vector<Finding>& found) {
  const auto* roam = measurements.metric(tunnel.name, metrics::tunnel::kRoamTime);
  if (roam == nullptr || !measurements.has_switched()) return;
  if (!roam->value) {
    found.push_back(
        {Bucket::kImmediateFix, fmt::format("The tunnel {} was lost", tunnel.name),
         fmt::format("Nothing came back by the new WAN{}.{}{}", lost_at(measurements),
                     foreign_story(measurements, tunnel.name),
                     inner_outage(plan, measurements, tunnel.name)),
         "Let NAT take the new WAN's address when the WAN changes: masquerade, and flush the "
         "connection tracking entries, of UDP too; a tunnel's own timers do not help while its "
         "port is pinned to the old address."});
    return;
  }
  const double length = *roam->value - roam->tester_share;
  if (length <= kSlowRoaming) return;
  found.push_back(
      {Bucket::kPlannedEngineering,
       fmt::format("The tunnel {} follows a switch slowly", tunnel.name),
       fmt::format("{} until its far end was heard by the new WAN{}: {}.{}", time_text(length),
                   since_text(roam->when), explain_roaming(tunnel, length),
                   inner_outage(plan, measurements, tunnel.name)),
       tunnel.kind == TrafficKind::kWireguard
           ? "Give the end behind the router a short persistent keepalive, and let the "
             "router flush UDP entries at a switch."
           : "Run OpenVPN over UDP with float, and shorten its keepalive."});
}

void find_left_behind(const SessionPlan& tunnel, const Measurements& measurements,
                      std::vector<Finding>& found) {
  const auto* stuck = measurements.metric(tunnel.name, metrics::tunnel::kStuckOnBackup);
  if (stuck == nullptr || !stuck->value) return;
  const double length = *stuck->value - stuck->tester_share;
  if (length <= kSlowRoaming) return;
  found.push_back(
      {Bucket::kPlannedEngineering, fmt::format("The tunnel {} stays on the backup", tunnel.name),
       fmt::format("{} after {}{} it still left by the other WAN.", time_text(length), stuck->note,
                   since_text(stuck->when)),
       "Move the entries of UDP at a failback too; a tunnel never stops sending, so its entry "
       "never times out."});
}

void find_in_clear(const SessionPlan& tunnel, const Measurements& measurements,
                   std::vector<Finding>& found) {
  const auto* clear = measurements.metric(tunnel.name, metrics::tunnel::kInClear);
  if (clear == nullptr || clear->value.value_or(0.0) == 0.0) return;
  found.push_back(
      {Bucket::kImmediateFix, fmt::format("What {} should hide went in clear", tunnel.name),
       fmt::format("{:.0f} packets of the sessions within it passed a WAN outside of it{}.",
                   *clear->value, since_text(clear->when)),
       "Keep the tunnel's interface while it restarts (persist-tun), and drop what would leave "
       "another way."});
}

}  // namespace

std::string explain_roaming(const SessionPlan& tunnel, double seconds) {
  const double keepalive = in_seconds(tunnel.of<TunnelPlan>()->keepalive);
  const double restart = in_seconds(tunnel.of<TunnelPlan>()->restart_after);
  if (tunnel.kind == TrafficKind::kWireguard) {
    if (seconds <= kSlowRoaming) return "the next packet out taught the far end";
    if (seconds <= keepalive + kSlowRoaming)
      return fmt::format("no packet before the keepalive ({})", time_text(keepalive));
    if (seconds >= kWireguardGivesUp)
      return "a new handshake, which WireGuard starts after 15 s without an answer";
    return "a handshake is tried again every 5 s (REKEY_TIMEOUT)";
  }
  if (tunnel.of<TunnelPlan>()->over_tcp)
    return "its TCP connection ended with the address, and it connected again";
  if (seconds <= keepalive + kSlowRoaming) return "float: the next packet out taught the far end";
  if (seconds >= restart)
    return fmt::format("it began anew after ping-restart ({})", time_text(restart));
  return "later than its keepalive, earlier than its ping-restart";
}

void find_tunnel_troubles(const Plan& plan, const Measurements& measurements,
                          std::vector<Finding>& found) {
  for (const auto& session : plan.traffic.sessions) {
    if (!session.of<TunnelPlan>()) continue;
    find_in_clear(session, measurements, found);
    find_lost(plan, session, measurements, found);
    find_left_behind(session, measurements, found);
  }
}

}  // namespace wandrill
