// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of a series of ICMP echoes, there and back.
namespace wandrill::metrics::ping {

inline constexpr Metric<Seconds> kRttP50{
    {.scope = MetricScope::kSession,
     .name = "rtt_p50",
     .definition = "median time from an echo request to its reply; lost ones infinite",
     .source = "RFC 2681",
     .accuracy = accuracy::kStamps,
     .by_phase = true}};
inline constexpr Metric<Seconds> kRttP99{
    {.scope = MetricScope::kSession,
     .name = "rtt_p99",
     .definition = "99th percentile of that time, nearest rank, lost ones infinite",
     .source = "RFC 2681",
     .accuracy = accuracy::kStamps,
     .by_phase = true}};
inline constexpr Metric<Seconds> kRttMax{
    {.scope = MetricScope::kSession,
     .name = "rtt_max",
     .definition = "longest such time, of the requests that were answered in time",
     .source = "RFC 2681",
     .accuracy = accuracy::kStamps,
     .by_phase = true}};
inline constexpr Metric<Share> kLoss{
    {.scope = MetricScope::kSession,
     .name = "loss",
     .definition = "requests without a reply in time ÷ requests × 100",
     .source = "RFC 6673",
     .accuracy = "exact; in a phase ± one packet",
     .by_phase = true}};
inline constexpr Metric<Seconds> kLongestGap{
    {.scope = MetricScope::kSession,
     .name = "longest_gap",
     .definition = "longest time, by the schedule of the requests, from the last one answered "
                   "before a loss to the first after it; 0 without loss",
     .source = "RFC 6413 4",
     .accuracy = accuracy::kOwnInterval,
     .by_phase = true}};

inline constexpr auto kAll = metric_list(kRttP50, kRttP99, kRttMax, kLoss, kLongestGap);

}  // namespace wandrill::metrics::ping
