// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

/// A flow whose packets are told apart one by one.
constexpr std::array kFlow{
    MetricInfo{Scope::kFlow, "sent", Unit::kCount,
               "packets by the sender's schedule whose fate is known", "RFC 7680", kExact, false},
    MetricInfo{Scope::kFlow, "received", Unit::kCount,
               "packets that arrived within the Forwarding Delay Threshold", "RFC 7680", kExact,
               false},
    MetricInfo{Scope::kFlow, "lost", Unit::kCount, "sent − received", "RFC 7680", kExact},
    MetricInfo{Scope::kFlow, "loss", Unit::kPercent, "lost ÷ sent × 100", "RFC 7680",
               "exact; in a phase ± one packet"},
    MetricInfo{Scope::kFlow, "duplicates", Unit::kCount, "second and further arrivals of a packet",
               "RFC 5560", kExact},
    MetricInfo{Scope::kFlow, "reordered", Unit::kCount,
               "packets that arrived after one with a higher number", "RFC 4737", kExact},
    MetricInfo{Scope::kFlow, "late", Unit::kCount,
               "packets that arrived after the Forwarding Delay Threshold; they count as lost",
               "RFC 6412 3.7.1", kExact},
    MetricInfo{Scope::kFlow, "longest_gap", Unit::kSeconds,
               "longest time, by the sender's schedule, from the last packet that arrived before a "
               "loss to the first after it; 0 without loss",
               "RFC 6413 4", kOwnInterval},
    MetricInfo{Scope::kFlow, "loss_periods", Unit::kCount, "runs of packets lost in a row",
               "RFC 3357", kExact},
    MetricInfo{Scope::kFlow, "outage", Unit::kSeconds,
               "sum of the loss periods, each from its first missing packet to the next arrival, "
               "by schedule (timestamp method)",
               "RFC 6413 4, RFC 6414 3.6.3", kOwnInterval},
    MetricInfo{Scope::kFlow, "loss_derived_outage", Unit::kSeconds,
               "lost × packet interval (packet-loss method)", "RFC 6412 3.5", kOwnInterval},
    MetricInfo{Scope::kFlow, "max_jitter", Unit::kSeconds,
               "largest value of the interarrival jitter", "RFC 3550 A.8",
               "± the tester's p99 lateness"},
    MetricInfo{Scope::kFlow, "mean_jitter", Unit::kSeconds, "mean of the interarrival jitter",
               "RFC 3550 A.8", "± the tester's p99 lateness"},
    MetricInfo{Scope::kFlow, "delay_p50", Unit::kSeconds,
               "median one-way delay, nearest rank, lost packets infinite",
               "RFC 7679, RFC 2330 11.3", kStamps},
    MetricInfo{Scope::kFlow, "delay_p99", Unit::kSeconds,
               "99th percentile of the one-way delay, nearest rank, lost packets infinite",
               "RFC 7679, RFC 2330 11.3", kStamps},
    MetricInfo{Scope::kFlow, "delay_max", Unit::kSeconds,
               "largest one-way delay of the packets that arrived in time", "RFC 7679", kStamps},
    MetricInfo{
        Scope::kFlow, "pdv_p99", Unit::kSeconds,
        "99th percentile of the packet delay variation: delay − smallest delay, lost packets "
        "left out",
        "RFC 5481", kStamps},
};

}  // namespace

std::span<const MetricInfo> flow_metrics() {
  return kFlow;
}

}  // namespace wandrill
