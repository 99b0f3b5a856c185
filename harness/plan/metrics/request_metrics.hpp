// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of a series of requests.
namespace wandrill::metrics::requests {

inline constexpr Metric<Count> kResponses{{.scope = MetricScope::kSession,
                                           .name = "responses",
                                           .definition = "requests that were answered",
                                           .source = "ours",
                                           .accuracy = accuracy::kExact,
                                           .better = Better::kHigher}};
inline constexpr Metric<Seconds> kLongestStall{
    {.scope = MetricScope::kSession,
     .name = "longest_stall",
     .definition = "longest time between two answers, or from the last one to the last request",
     .source = "ours",
     .accuracy = accuracy::kOwnInterval}};
inline constexpr Metric<Count> kSurvived{
    {.scope = MetricScope::kSession,
     .name = "survived",
     .definition =
         "1 if it still answered at the end, over the first connection if it has one, else 0",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .better = Better::kHigher}};
inline constexpr Metric<Seconds> kTimeToSuccess{
    {.scope = MetricScope::kSession,
     .name = "time_to_success",
     .definition =
         "fault observed → first answer to a request made after it; of several faults the longest",
     .source = "ours",
     .accuracy = accuracy::kOwnInterval}};
inline constexpr Metric<Seconds> kTimeToSuccessAfterRestore{
    {.scope = MetricScope::kSession,
     .name = "time_to_success_after_restore",
     .definition = "path seen clean → first answer to a request made after it; of several restores "
                   "the longest",
     .source = "ours",
     .accuracy = accuracy::kOwnInterval}};

inline constexpr auto kAll =
    metric_list(kResponses, kLongestStall, kSurvived, kTimeToSuccess, kTimeToSuccessAfterRestore);

}  // namespace wandrill::metrics::requests

/// Of requests over connections.
namespace wandrill::metrics::connection {

inline constexpr Metric<Count> kResets{{.scope = MetricScope::kSession,
                                        .name = "resets",
                                        .definition = "connections lost after they stood",
                                        .source = "ours",
                                        .accuracy = accuracy::kExact}};

inline constexpr auto kAll = metric_list(kResets);

}  // namespace wandrill::metrics::connection

/// What the client's kernel says of a connection (TCP_INFO).
namespace wandrill::metrics::tcp_info {

inline constexpr Metric<Count> kRetransmits{
    {.scope = MetricScope::kSession,
     .name = "retransmits",
     .definition = "segments that the client's kernel sent again (TCP_INFO, every 200 ms)",
     .source = "RFC 6298",
     .accuracy = "exact, but for the last 200 ms of each connection"}};
inline constexpr Metric<Seconds> kLongestRto{
    {.scope = MetricScope::kSession,
     .name = "longest_rto",
     .definition = "longest retransmission time-out of the client's kernel, back-off included "
                   "(TCP_INFO, every 200 ms)",
     .source = "RFC 6298",
     .accuracy = "± 1 ms"}};

inline constexpr auto kAll = metric_list(kRetransmits, kLongestRto);

}  // namespace wandrill::metrics::tcp_info
