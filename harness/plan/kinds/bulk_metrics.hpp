// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of a flow of a transfer.
namespace wandrill::metrics::bulk {

inline constexpr Metric<Rate> kRate{
    {.scope = MetricScope::kFlow,
     .name = "rate",
     .definition = "bytes that the receiver read ÷ time: what applications call goodput",
     .source = "RFC 2647 3.17",
     .accuracy = "± what came in 0.2 s at each edge of the time",
     .better = Better::kHigher,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kLongestSilence{
    {.scope = MetricScope::kFlow,
     .name = "longest_silence",
     .definition = "longest time in which the receiver read nothing",
     .source = "ours",
     .accuracy = "± 0.2 s",
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};

inline constexpr auto kAll = metric_list(kRate, kLongestSilence);

}  // namespace wandrill::metrics::bulk
