// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of packets that try what policy lets pass.
namespace wandrill::metrics::policy {

inline constexpr Metric<Count> kAttempts{
    {.scope = MetricScope::kSession,
     .name = "attempts",
     .definition = "packets sent to try what policy lets pass; of several pairs the fewest",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .better = Better::kHigher}};

inline constexpr auto kAll = metric_list(kAttempts);

}  // namespace wandrill::metrics::policy

/// Of packets that policy must stop.
namespace wandrill::metrics::forbidden {

inline constexpr Metric<Count> kArrived{
    {.scope = MetricScope::kSession,
     .name = "arrived",
     .definition = "packets that policy must stop and that arrived",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kWorstNamed}};

inline constexpr auto kAll = metric_list(kArrived);

}  // namespace wandrill::metrics::forbidden

/// Of pairs that are compared on every WAN.
namespace wandrill::metrics::matrix {

inline constexpr Metric<Count> kDifferences{
    {.scope = MetricScope::kSession,
     .name = "differences",
     .definition = "pairs that are open while traffic leaves by one WAN and closed by another, or "
                   "after the way back: opened and closed",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kOwn}};
inline constexpr Metric<Count> kOpened{
    {.scope = MetricScope::kSession,
     .name = "opened",
     .definition = "pairs that are closed on the first WAN and open after a switch",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kOwn}};
inline constexpr Metric<Count> kClosed{
    {.scope = MetricScope::kSession,
     .name = "closed",
     .definition = "pairs that are open on the first WAN and closed after a switch",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kOwn}};
inline constexpr Metric<Count> kCompared{
    {.scope = MetricScope::kSession,
     .name = "compared",
     .definition = "pairs of which more than one stay on a WAN tells whether they are open",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .better = Better::kHigher,
     .of_group = OfGroup::kOwn}};

inline constexpr auto kAll = metric_list(kDifferences, kOpened, kClosed, kCompared);

}  // namespace wandrill::metrics::matrix
