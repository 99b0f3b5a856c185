// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of a dns session.
namespace wandrill::metrics::dns {

inline constexpr Metric<Count> kRefusals{
    {.scope = MetricScope::kSession,
     .name = "refusals",
     .definition = "answers that were an error, such as SERVFAIL, or had no address",
     .source = "RFC 1035 4.1.1",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Count> kTruncated{
    {.scope = MetricScope::kSession,
     .name = "truncated",
     .definition =
         "answers that were cut to fit and are to be asked for over TCP; they count as none",
     .source = "RFC 2181 9",
     .accuracy = accuracy::kExact}};
inline constexpr Metric<Count> kStrays{
    {.scope = MetricScope::kSession,
     .name = "strays",
     .definition = "datagrams that answered nothing: another ID, question or sender, or nonsense",
     .source = "RFC 5452 9.1",
     .accuracy = accuracy::kExact}};

inline constexpr auto kAll = metric_list(kRefusals, kTruncated, kStrays);

}  // namespace wandrill::metrics::dns
