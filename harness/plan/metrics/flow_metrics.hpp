// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of a flow whose packets are told apart one by one.
namespace wandrill::metrics::flow {

inline constexpr Metric<Count> kSent{
    {.scope = MetricScope::kFlow,
     .name = "sent",
     .definition = "packets by the sender's schedule whose fate is known",
     .source = "RFC 7680",
     .accuracy = accuracy::kExact,
     .better = Better::kHigher,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Count> kReceived{
    {.scope = MetricScope::kFlow,
     .name = "received",
     .definition = "packets that arrived within the Forwarding Delay Threshold",
     .source = "RFC 7680",
     .accuracy = accuracy::kExact,
     .better = Better::kHigher,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Count> kLost{{.scope = MetricScope::kFlow,
                                      .name = "lost",
                                      .definition = "sent − received",
                                      .source = "RFC 7680",
                                      .accuracy = accuracy::kExact,
                                      .of_group = OfGroup::kWorstNamed,
                                      .by_phase = true}};
inline constexpr Metric<Share> kLoss{{.scope = MetricScope::kFlow,
                                      .name = "loss",
                                      .definition = "lost ÷ sent × 100",
                                      .source = "RFC 7680",
                                      .accuracy = "exact; in a phase ± one packet",
                                      .of_group = OfGroup::kWorstNamed,
                                      .by_phase = true}};
inline constexpr Metric<Count> kDuplicates{{.scope = MetricScope::kFlow,
                                            .name = "duplicates",
                                            .definition = "second and further arrivals of a packet",
                                            .source = "RFC 5560",
                                            .accuracy = accuracy::kExact,
                                            .of_group = OfGroup::kWorstNamed,
                                            .by_phase = true}};
inline constexpr Metric<Count> kReordered{
    {.scope = MetricScope::kFlow,
     .name = "reordered",
     .definition = "packets that arrived after one with a higher number",
     .source = "RFC 4737",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Count> kLate{
    {.scope = MetricScope::kFlow,
     .name = "late",
     .definition = "packets that arrived after the Forwarding Delay Threshold; they count as lost",
     .source = "RFC 6412 3.7.1",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kLongestGap{
    {.scope = MetricScope::kFlow,
     .name = "longest_gap",
     .definition = "longest time, by the sender's schedule, from the last packet that arrived "
                   "before a loss to the first after it; 0 without loss",
     .source = "RFC 6413 4",
     .accuracy = accuracy::kOwnInterval,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Count> kLossPeriods{{.scope = MetricScope::kFlow,
                                             .name = "loss_periods",
                                             .definition = "runs of packets lost in a row",
                                             .source = "RFC 3357",
                                             .accuracy = accuracy::kExact,
                                             .of_group = OfGroup::kWorstNamed,
                                             .by_phase = true}};
inline constexpr Metric<Seconds> kOutage{
    {.scope = MetricScope::kFlow,
     .name = "outage",
     .definition = "sum of the loss periods, each from its first missing packet to the next "
                   "arrival, by schedule (timestamp method)",
     .source = "RFC 6413 4, RFC 6414 3.6.3",
     .accuracy = accuracy::kOwnInterval,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kLossDerivedOutage{
    {.scope = MetricScope::kFlow,
     .name = "loss_derived_outage",
     .definition = "lost × packet interval (packet-loss method)",
     .source = "RFC 6412 3.5",
     .accuracy = accuracy::kOwnInterval,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kMaxJitter{
    {.scope = MetricScope::kFlow,
     .name = "max_jitter",
     .definition = "largest value of the interarrival jitter",
     .source = "RFC 3550 A.8",
     .accuracy = "± the tester's p99 lateness",
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kMeanJitter{{.scope = MetricScope::kFlow,
                                              .name = "mean_jitter",
                                              .definition = "mean of the interarrival jitter",
                                              .source = "RFC 3550 A.8",
                                              .accuracy = "± the tester's p99 lateness",
                                              .of_group = OfGroup::kWorstNamed,
                                              .by_phase = true}};
inline constexpr Metric<Seconds> kDelayP50{
    {.scope = MetricScope::kFlow,
     .name = "delay_p50",
     .definition = "median one-way delay, nearest rank, lost packets infinite",
     .source = "RFC 7679, RFC 2330 11.3",
     .accuracy = accuracy::kStamps,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kDelayP99{
    {.scope = MetricScope::kFlow,
     .name = "delay_p99",
     .definition = "99th percentile of the one-way delay, nearest rank, lost packets infinite",
     .source = "RFC 7679, RFC 2330 11.3",
     .accuracy = accuracy::kStamps,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kDelayMax{
    {.scope = MetricScope::kFlow,
     .name = "delay_max",
     .definition = "largest one-way delay of the packets that arrived in time",
     .source = "RFC 7679",
     .accuracy = accuracy::kStamps,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kPdvP99{
    {.scope = MetricScope::kFlow,
     .name = "pdv_p99",
     .definition = "99th percentile of the packet delay variation: delay − smallest delay, lost "
                   "packets left out",
     .source = "RFC 5481",
     .accuracy = accuracy::kStamps,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};

inline constexpr auto kAll = metric_list(
    kSent, kReceived, kLost, kLoss, kDuplicates, kReordered, kLate, kLongestGap, kLossPeriods,
    kOutage, kLossDerivedOutage, kMaxJitter, kMeanJitter, kDelayP50, kDelayP99, kDelayMax, kPdvP99);

}  // namespace wandrill::metrics::flow
