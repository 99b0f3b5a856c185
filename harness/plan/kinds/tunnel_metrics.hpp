// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of a tunnel.
namespace wandrill::metrics::tunnel {

inline constexpr Metric<Seconds> kRoamTime{
    {.scope = MetricScope::kSession,
     .name = "roam_time",
     .definition = "switch of the router → first outer packet that came in by the new WAN: the far "
                   "end has found the tunnel's new address; of several switches the longest",
     .source = "ours",
     .accuracy = accuracy::kStamps}};
inline constexpr Metric<Seconds> kStuckOnBackup{
    {.scope = MetricScope::kSession,
     .name = "stuck_on_backup",
     .definition = "failback of the router → last outer packet that still left by the other WAN; "
                   "of several failbacks the longest",
     .source = "ours",
     .accuracy = accuracy::kStamps}};
inline constexpr Metric<Count> kHandshakes{
    {.scope = MetricScope::kSession,
     .name = "handshakes",
     .definition =
         "answers of the far end to the start of a handshake, seen by the taps; one that is sent "
         "again counts once (OpenVPN), and over TCP only what begins a connection can be one",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .better = Better::kHigher}};
inline constexpr Metric<Seconds> kHandshakeAge{
    {.scope = MetricScope::kSession,
     .name = "handshake_age",
     .definition = "age of the last handshake at the end of the run",
     .source = "ours",
     .accuracy = accuracy::kStamps}};
inline constexpr Metric<Count> kInClear{
    {.scope = MetricScope::kSession,
     .name = "in_clear",
     .definition = "packets of the sessions within that passed a WAN outside of the tunnel",
     .source = "ours",
     .accuracy = accuracy::kExact}};

inline constexpr auto kAll =
    metric_list(kRoamTime, kStuckOnBackup, kHandshakes, kHandshakeAge, kInClear);

}  // namespace wandrill::metrics::tunnel
