// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

constexpr KindSet kTunnels{TrafficKind::kWireguard, TrafficKind::kOpenvpn};

constexpr std::array kTunnel{
    MetricInfo{Scope::kSession, "roam_time", Unit::kSeconds,
               "switch of the router → first outer packet that came in by the new WAN: the far end "
               "has found the tunnel's new address; of several switches the longest",
               "ours", kStamps, true, kTunnels},
    MetricInfo{Scope::kSession, "stuck_on_backup", Unit::kSeconds,
               "failback of the router → last outer packet that still left by the other WAN; of "
               "several failbacks the longest",
               "ours", kStamps, true, kTunnels},
    MetricInfo{
        Scope::kSession, "handshakes", Unit::kCount,
        "answers of the far end to the start of a handshake, seen by the taps; one that is sent "
        "again counts once (OpenVPN), and over TCP only what begins a connection can be one",
        "ours", kExact, false, kTunnels},
    MetricInfo{Scope::kSession, "handshake_age", Unit::kSeconds,
               "age of the last handshake at the end of the run", "ours", kStamps, true, kTunnels},
    MetricInfo{Scope::kSession, "in_clear", Unit::kCount,
               "packets of the sessions within that passed a WAN outside of the tunnel", "ours",
               kExact, true, kTunnels},
};

}  // namespace

std::span<const MetricInfo> tunnel_metrics() {
  return kTunnel;
}

}  // namespace wandrill
