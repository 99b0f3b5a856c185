// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of the router as a whole.
namespace wandrill::metrics::router {

inline constexpr Metric<Count> kSwitches{
    {.scope = MetricScope::kRouter,
     .name = "switches",
     .definition = "changes of the WAN that traffic leaves by: failovers and failbacks",
     .source = "ours",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Count> kFailovers{
    {.scope = MetricScope::kRouter,
     .name = "failovers",
     .definition = "switches away from a WAN for a worse one or away from a fault",
     .source = "RFC 6414",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Count> kFailbacks{{.scope = MetricScope::kRouter,
                                           .name = "failbacks",
                                           .definition = "switches back to a better WAN",
                                           .source = "RFC 6414",
                                           .accuracy = accuracy::kExact}};
inline constexpr Metric<Count> kFalseFailovers{
    {.scope = MetricScope::kRouter,
     .name = "false_failovers",
     .definition = "failovers without a fault in force that calls for one, and without a command",
     .source = "ours",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Count> kMissedFailovers{
    {.scope = MetricScope::kRouter,
     .name = "missed_failovers",
     .definition = "faults that called for a failover, with another WAN to go to, and saw none "
                   "before they were restored",
     .source = "ours",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Count> kPrivateSources{
    {.scope = MetricScope::kRouter,
     .name = "private_sources",
     .definition = "packets that left by a WAN with a private source (RFC 1918, RFC 4193): their "
                   "answers cannot come back",
     .source = "BCP 38",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Count> kForeignSources{
    {.scope = MetricScope::kRouter,
     .name = "foreign_sources",
     .definition = "packets that left by a WAN with a source that is not of its network, such as "
                   "the router's address on the other WAN",
     .source = "BCP 38",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Count> kBarredPackets{
    {.scope = MetricScope::kRouter,
     .name = "barred_packets",
     .definition = "packets that left by a WAN that is not for their sender (`not_for`)",
     .source = "ours",
     .accuracy = accuracy::kExact}};

inline constexpr auto kAll =
    metric_list(kSwitches, kFailovers, kFailbacks, kFalseFailovers, kMissedFailovers,
                kPrivateSources, kForeignSources, kBarredPackets);

}  // namespace wandrill::metrics::router
