// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of the requests of an http session.
namespace wandrill::metrics::http {

inline constexpr Metric<Count> kRequests{
    {.scope = MetricScope::kSession,
     .name = "requests",
     .definition = "requests that came to an end, answered or failed",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .better = Better::kHigher,
     .by_phase = true}};
inline constexpr Metric<Share> kSuccess{
    {.scope = MetricScope::kSession,
     .name = "success",
     .definition = "of those requests, the share that was answered rightly",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .better = Better::kHigher,
     .by_phase = true}};
inline constexpr Metric<Count> kRefused{
    {.scope = MetricScope::kSession,
     .name = "refused",
     .definition = "requests that got no connection: it was refused, or there was no route",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .by_phase = true}};
inline constexpr Metric<Count> kCutShort{
    {.scope = MetricScope::kSession,
     .name = "cut_short",
     .definition = "requests whose connection ended before the answer was whole",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .by_phase = true}};
inline constexpr Metric<Count> kTimedOut{
    {.scope = MetricScope::kSession,
     .name = "timed_out",
     .definition = "requests that were given up after late_after",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .by_phase = true}};
inline constexpr Metric<Count> kWrong{
    {.scope = MetricScope::kSession,
     .name = "wrong",
     .definition = "answers that were no HTTP, or not what was asked for",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .by_phase = true}};
inline constexpr Metric<Seconds> kFirstByteP50{
    {.scope = MetricScope::kSession,
     .name = "first_byte_p50",
     .definition = "median time from a request, its connection included, to the first byte of its "
                   "answer; failed requests infinite",
     .source = "ours",
     .accuracy = accuracy::kStamps,
     .by_phase = true}};
inline constexpr Metric<Seconds> kFirstByteMax{
    {.scope = MetricScope::kSession,
     .name = "first_byte_max",
     .definition = "longest such time, of the requests that were answered",
     .source = "ours",
     .accuracy = accuracy::kStamps,
     .by_phase = true}};
inline constexpr Metric<Seconds> kCompleteP50{
    {.scope = MetricScope::kSession,
     .name = "complete_p50",
     .definition = "median time from a request, its connection included, to its whole answer; "
                   "failed requests infinite",
     .source = "ours",
     .accuracy = accuracy::kStamps,
     .by_phase = true}};
inline constexpr Metric<Seconds> kCompleteMax{
    {.scope = MetricScope::kSession,
     .name = "complete_max",
     .definition = "longest such time, of the requests that were answered",
     .source = "ours",
     .accuracy = accuracy::kStamps,
     .by_phase = true}};

inline constexpr auto kAll =
    metric_list(kRequests, kSuccess, kRefused, kCutShort, kTimedOut, kWrong, kFirstByteP50,
                kFirstByteMax, kCompleteP50, kCompleteMax);

}  // namespace wandrill::metrics::http
