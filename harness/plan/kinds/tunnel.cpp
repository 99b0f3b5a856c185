// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/tunnel.hpp"

#include <array>

#include "plan/kinds/through.hpp"
#include "plan/kinds/tunnel_metrics.hpp"
#include "plan/resolve_parts.hpp"
#include "scenario/defaults.hpp"
#include "scenario/kinds/openvpn_keys.hpp"
#include "scenario/kinds/shared_keys.hpp"

namespace wandrill {
namespace {

void resolve_tunnel(const SessionSpec& spec, const SessionContext& context, SessionPlan& session,
                    Mistakes& mistakes) {
  const bool is_openvpn = session.kind == TrafficKind::kOpenvpn;
  const auto keepalive =
      whole_seconds(spec, session_keys::shared::kKeepalive, defaults::kLongestKeepalive, mistakes);
  const auto restart_after = whole_seconds(spec, session_keys::openvpn::kRestartAfter,
                                           defaults::kLongestKeepalive, mistakes);
  const auto number = tunnel_number(context.scenario, spec.name.value);
  if (number >= defaults::kMostTunnels) {
    mistakes.add(spec.name.place, "more than {} tunnels", defaults::kMostTunnels);
    return;
  }
  auto tunnel = addresses_within(number);
  tunnel.keepalive =
      keepalive ? keepalive->value
                : (is_openvpn ? defaults::kOpenvpnKeepalive : defaults::kWireguardKeepalive);
  if (is_openvpn) {
    tunnel.restart_after = restart_after ? restart_after->value : defaults::kOpenvpnRestartAfter;
    tunnel.over_tcp = spec.transport && spec.transport->value == "tcp";
    // openvpn(8): the server waits twice as long, and pings must fit in between.
    if (tunnel.restart_after < 2 * tunnel.keepalive)
      mistakes.add(restart_after ? restart_after->place : keepalive->place,
                   "'restart_after' must be at least twice 'keepalive' ({}), else a tunnel that is "
                   "well restarts",
                   to_string(tunnel.keepalive));
  }
  session.own = tunnel;
}

constexpr std::array<MetricList, 1> kTunnelMetrics{metrics::tunnel::kAll};

}  // namespace

extern constexpr SessionKind kWireguardKind{
    .kind = TrafficKind::kWireguard,
    .word = "wireguard",
    .shape = FlowShape::kTunnel,
    .real_server = true,
    .usual = {defaults::kTcpInterval, defaults::kTcpPayload},
    .metrics = kTunnelMetrics,
    .resolve = resolve_tunnel};
extern constexpr SessionKind kOpenvpnKind{.kind = TrafficKind::kOpenvpn,
                                          .word = "openvpn",
                                          .shape = FlowShape::kTunnel,
                                          .real_server = true,
                                          .usual = {defaults::kTcpInterval, defaults::kTcpPayload},
                                          .metrics = kTunnelMetrics,
                                          .resolve = resolve_tunnel};

}  // namespace wandrill
