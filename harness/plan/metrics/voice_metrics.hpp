// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metric.hpp"

/// Of a flow that is the voice of a call.
namespace wandrill::metrics::voice {

inline constexpr Metric<Score> kMos{
    {.scope = MetricScope::kFlow,
     .name = "mos",
     .definition = "MOS-CQE of the whole call, 1 to 4.5; a long call hides a short outage: see "
                   "mos_worst_window",
     .source = "ITU-T G.107",
     .accuracy = accuracy::kOnePacket,
     .better = Better::kHigher,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Score> kMosWorstWindow{
    {.scope = MetricScope::kFlow,
     .name = "mos_worst_window",
     .definition = "MOS-CQE of the worst 8 s, of windows that start each second",
     .source = "ITU-T G.107",
     .accuracy = accuracy::kOnePacket,
     .better = Better::kHigher,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Score> kRFactor{
    {.scope = MetricScope::kFlow,
     .name = "r_factor",
     .definition = "R of the whole call, with the defaults of G.107 but delay, loss and codec",
     .source = "ITU-T G.107",
     .accuracy = accuracy::kOnePacket,
     .better = Better::kHigher,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Count> kDiscarded{
    {.scope = MetricScope::kFlow,
     .name = "discarded",
     .definition =
         "packets that came too late for the playout buffer; the voice metrics count them as lost",
     .source = "RFC 3611 4.7.1",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Count> kInterruptions{
    {.scope = MetricScope::kFlow,
     .name = "interruptions",
     .definition = "times in which nothing was played for 150 ms or more",
     .source = "ours",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kLongestInterruption{
    {.scope = MetricScope::kFlow,
     .name = "longest_interruption",
     .definition = "longest time, by the sender's schedule, in which nothing was played",
     .source = "ours",
     .accuracy = accuracy::kOwnInterval,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Count> kBursts{
    {.scope = MetricScope::kFlow,
     .name = "bursts",
     .definition = "parts that start and end with a lost packet and hold no 16 good ones in a row",
     .source = "RFC 3611 4.7.2",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Count> kBurstDensity{
    {.scope = MetricScope::kFlow,
     .name = "burst_density",
     .definition = "share of the packets lost in bursts × 256, at most 255",
     .source = "RFC 3611 4.7.2",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kBurstDuration{{.scope = MetricScope::kFlow,
                                                 .name = "burst_duration",
                                                 .definition = "mean length of the bursts",
                                                 .source = "RFC 3611 4.7.2",
                                                 .accuracy = "± one packet interval of the flow",
                                                 .of_group = OfGroup::kWorstNamed,
                                                 .by_phase = true}};
inline constexpr Metric<Count> kGapDensity{
    {.scope = MetricScope::kFlow,
     .name = "gap_density",
     .definition = "share of the packets lost between bursts × 256, at most 255",
     .source = "RFC 3611 4.7.2",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Seconds> kGapDuration{
    {.scope = MetricScope::kFlow,
     .name = "gap_duration",
     .definition = "mean length of what is between bursts",
     .source = "RFC 3611 4.7.2",
     .accuracy = "± one packet interval of the flow",
     .better = Better::kHigher,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};
inline constexpr Metric<Score> kBurstRatio{
    {.scope = MetricScope::kFlow,
     .name = "burst_ratio",
     .definition = "mean number of packets lost in a row × (1 − share lost): 1 for random loss. "
                   "The R is reckoned with 1 to 2",
     .source = "ITU-T G.107",
     .accuracy = accuracy::kExact,
     .of_group = OfGroup::kWorstNamed,
     .by_phase = true}};

inline constexpr auto kAll =
    metric_list(kMos, kMosWorstWindow, kRFactor, kDiscarded, kInterruptions, kLongestInterruption,
                kBursts, kBurstDensity, kBurstDuration, kGapDensity, kGapDuration, kBurstRatio);

}  // namespace wandrill::metrics::voice
