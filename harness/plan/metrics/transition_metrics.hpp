// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of the failovers.
namespace wandrill::metrics::failover {

inline constexpr Metric<Seconds> kDetectionTime{
    {.scope = MetricScope::kFailover,
     .name = "detection_time",
     .definition = "fault observed → the router's log declares the WAN down, 0 if it did before "
                   "any frame could show the fault; without such a line → detection_time_by_route",
     .source = "ours",
     .accuracy = accuracy::kInstant}};
inline constexpr Metric<Seconds> kDetectionTimeByRoute{
    {.scope = MetricScope::kFailover,
     .name = "detection_time_by_route",
     .definition = "fault observed → the router's first route, rule, next-hop or link change (the "
                   "broken port's own link change does not count)",
     .source = "ours",
     .accuracy = accuracy::kInstant}};
inline constexpr Metric<Seconds> kFirstRouteConvergenceTime{
    {.scope = MetricScope::kFailover,
     .name = "first_route_convergence_time",
     .definition = "fault observed → first packet over another WAN that also arrived",
     .source = "RFC 6412 3.6.2",
     .accuracy = accuracy::kInterval}};
inline constexpr Metric<Seconds> kFullConvergenceTime{
    {.scope = MetricScope::kFailover,
     .name = "full_convergence_time",
     .definition =
         "fault observed → every packet flow restored and unimpaired from then on (RFC 6412 3.7.5)",
     .source = "RFC 6412 3.6.1",
     .accuracy = accuracy::kInterval}};
inline constexpr Metric<Seconds> kLossDerivedConvergenceTime{
    {.scope = MetricScope::kFailover,
     .name = "loss_derived_convergence_time",
     .definition =
         "packets lost in the failover × packet interval, worst flow (packet-loss method)",
     .source = "RFC 6412 3.5",
     .accuracy = accuracy::kInterval}};
inline constexpr Metric<Seconds> kAdditiveBackupDelay{
    {.scope = MetricScope::kFailover,
     .name = "additive_backup_delay",
     .definition = "median one-way delay on the backup − median before the fault, worst flow",
     .source = "RFC 6414 3.5.5",
     .accuracy = accuracy::kStamps}};
inline constexpr Metric<Seconds> kLongestGap{
    {.scope = MetricScope::kFailover,
     .name = "longest_gap",
     .definition = "longest gap of any packet flow that began in the failover",
     .source = "RFC 6413 4",
     .accuracy = accuracy::kInterval}};
inline constexpr Metric<Count> kCount{
    {.scope = MetricScope::kFailover,
     .name = "count",
     .definition = "failovers that took place, false ones included",
     .source = "ours",
     .accuracy = accuracy::kExact}};

inline constexpr auto kAll = metric_list(
    kDetectionTime, kDetectionTimeByRoute, kFirstRouteConvergenceTime, kFullConvergenceTime,
    kLossDerivedConvergenceTime, kAdditiveBackupDelay, kLongestGap, kCount);

}  // namespace wandrill::metrics::failover

/// Of the failbacks.
namespace wandrill::metrics::failback {

inline constexpr Metric<Seconds> kRestorationTime{
    {.scope = MetricScope::kFailback,
     .name = "restoration_time",
     .definition = "restore applied → the path was seen clean",
     .source = "RFC 6414 3.3.5",
     .accuracy = accuracy::kInstant}};
inline constexpr Metric<Seconds> kReversionTime{
    {.scope = MetricScope::kFailback,
     .name = "reversion_time",
     .definition = "restore applied → the first packet leaves by the restored WAN again (WAN taps)",
     .source = "RFC 6414 3.3.6",
     .accuracy = accuracy::kInterval}};
inline constexpr Metric<Seconds> kHoldDownTime{
    {.scope = MetricScope::kFailback,
     .name = "hold_down_time",
     .definition = "path seen clean → first packet leaves by the restored WAN again; of several "
                   "failbacks the shortest",
     .source = "RFC 6414 3.3.5, 3.3.6",
     .accuracy = accuracy::kInterval,
     .better = Better::kHigher}};
inline constexpr Metric<Seconds> kFullConvergenceTime{
    {.scope = MetricScope::kFailback,
     .name = "full_convergence_time",
     .definition = "path seen clean → every packet flow leaves by the restored WAN and is "
                   "unimpaired from then on",
     .source = "RFC 6412 3.6.1",
     .accuracy = accuracy::kInterval}};
inline constexpr Metric<Share> kPostFailbackResidue{
    {.scope = MetricScope::kFailback,
     .name = "post_failback_residue",
     .definition = "share of the packets that still leave by another WAN between 1 s and 2 s after "
                   "the reversion",
     .source = "ours",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Seconds> kLongestGap{
    {.scope = MetricScope::kFailback,
     .name = "longest_gap",
     .definition = "longest gap of any packet flow that began around the reversion (0.5 s before "
                   "to full convergence)",
     .source = "RFC 6413 4",
     .accuracy = accuracy::kInterval}};
inline constexpr Metric<Count> kCount{{.scope = MetricScope::kFailback,
                                       .name = "count",
                                       .definition = "failbacks that took place",
                                       .source = "ours",
                                       .accuracy = accuracy::kExact}};

inline constexpr auto kAll =
    metric_list(kRestorationTime, kReversionTime, kHoldDownTime, kFullConvergenceTime,
                kPostFailbackResidue, kLongestGap, kCount);

}  // namespace wandrill::metrics::failback
