// SPDX-License-Identifier: Apache-2.0
#include "plan/metric_catalogue.hpp"

#include <algorithm>
#include <array>

namespace wandrill {
namespace {

using Scope = MetricScope;
using Unit = MetricUnit;

constexpr std::string_view kInterval =
    "± the smallest packet interval of the flows that show it, "
    "± the tester's p99 lateness";
constexpr std::string_view kOwnInterval =
    "± one packet interval of the flow, ± the tester's p99 lateness";
constexpr std::string_view kInstant =
    "± 1 ms (the fault's observed instant), ± the tester's p99 "
    "lateness";
constexpr std::string_view kStamps = "± 0.1 ms (stamps)";
constexpr std::string_view kExact = "exact";

constexpr std::array kFailover{
    MetricInfo{
        Scope::kFailover, "detection_time", Unit::kSeconds,
        "fault observed → the router's log declares the WAN down, 0 if it did before any frame "
        "could show the fault; without such a line → detection_time_by_route",
        "ours", kInstant},
    MetricInfo{Scope::kFailover, "detection_time_by_route", Unit::kSeconds,
               "fault observed → the router's first route, rule, next-hop or link change (the "
               "broken port's own link change does not count)",
               "ours", kInstant},
    MetricInfo{Scope::kFailover, "first_route_convergence_time", Unit::kSeconds,
               "fault observed → first packet over another WAN that also arrived", "RFC 6412 3.6.2",
               kInterval},
    MetricInfo{Scope::kFailover, "full_convergence_time", Unit::kSeconds,
               "fault observed → every packet flow restored and unimpaired from then on (RFC 6412 "
               "3.7.5)",
               "RFC 6412 3.6.1", kInterval},
    MetricInfo{Scope::kFailover, "loss_derived_convergence_time", Unit::kSeconds,
               "packets lost in the failover × packet interval, worst flow (packet-loss method)",
               "RFC 6412 3.5", kInterval},
    MetricInfo{Scope::kFailover, "additive_backup_delay", Unit::kSeconds,
               "median one-way delay on the backup − median before the fault, worst flow",
               "RFC 6414 3.5.5", kStamps},
    MetricInfo{Scope::kFailover, "longest_gap", Unit::kSeconds,
               "longest gap of any packet flow that began in the failover", "RFC 6413 4",
               kInterval},
    MetricInfo{Scope::kFailover, "count", Unit::kCount,
               "failovers that took place, false ones included", "ours", kExact},
};

constexpr std::array kFailback{
    MetricInfo{Scope::kFailback, "restoration_time", Unit::kSeconds,
               "restore applied → the path was seen clean", "RFC 6414 3.3.5", kInstant},
    MetricInfo{Scope::kFailback, "reversion_time", Unit::kSeconds,
               "restore applied → the first packet leaves by the restored WAN again (WAN taps)",
               "RFC 6414 3.3.6", kInterval},
    MetricInfo{
        Scope::kFailback, "hold_down_time", Unit::kSeconds,
        "path seen clean → first packet leaves by the restored WAN again; of several failbacks "
        "the shortest",
        "RFC 6414 3.3.5, 3.3.6", kInterval, false},
    MetricInfo{Scope::kFailback, "full_convergence_time", Unit::kSeconds,
               "path seen clean → every packet flow leaves by the restored WAN and is unimpaired "
               "from then on",
               "RFC 6412 3.6.1", kInterval},
    MetricInfo{Scope::kFailback, "post_failback_residue", Unit::kPercent,
               "share of the packets that still leave by another WAN between 1 s and 2 s after the "
               "reversion",
               "ours", kExact},
    MetricInfo{Scope::kFailback, "longest_gap", Unit::kSeconds,
               "longest gap of any packet flow that began around the reversion (0.5 s before to "
               "full convergence)",
               "RFC 6413 4", kInterval},
    MetricInfo{Scope::kFailback, "count", Unit::kCount, "failbacks that took place", "ours",
               kExact},
};

constexpr std::array kRouter{
    MetricInfo{Scope::kRouter, "switches", Unit::kCount,
               "changes of the WAN that traffic leaves by: failovers and failbacks", "ours",
               kExact},
    MetricInfo{Scope::kRouter, "failovers", Unit::kCount,
               "switches away from a WAN for a worse one "
               "or away from a fault",
               "RFC 6414", kExact},
    MetricInfo{Scope::kRouter, "failbacks", Unit::kCount, "switches back to a better WAN",
               "RFC 6414", kExact},
    MetricInfo{Scope::kRouter, "false_failovers", Unit::kCount,
               "failovers without a fault in force that calls for one, and without a command",
               "ours", kExact},
    MetricInfo{Scope::kRouter, "missed_failovers", Unit::kCount,
               "faults that called for a failover, with another WAN to go to, and saw none before "
               "they were restored",
               "ours", kExact},
};

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

constexpr std::array kSession{
    MetricInfo{Scope::kSession, "responses", Unit::kCount, "requests that were answered", "ours",
               kExact, false},
    MetricInfo{Scope::kSession, "longest_stall", Unit::kSeconds,
               "longest time between two answers, or from the last one to the last request", "ours",
               kOwnInterval},
    MetricInfo{Scope::kSession, "resets", Unit::kCount, "connections lost after they stood", "ours",
               kExact},
    MetricInfo{Scope::kSession, "survived", Unit::kCount,
               "1 if the first connection still answered at the end, else 0", "ours", kExact,
               false},
};

constexpr std::array<std::string_view, 5> kPhases{"before", "failover", "backup", "failback",
                                                  "after"};

template <std::size_t... Sizes>
constexpr auto joined(const std::array<MetricInfo, Sizes>&... parts) {
  std::array<MetricInfo, (Sizes + ...)> all{};
  auto* end = all.data();
  ((end = std::copy(parts.begin(), parts.end(), end)), ...);
  return all;
}

constexpr auto kAll = joined(kFailover, kFailback, kRouter, kFlow, kSession);

}  // namespace

std::span<const MetricInfo> metric_catalogue() {
  return kAll;
}

std::span<const std::string_view> phase_names() {
  return kPhases;
}

std::string_view to_string(MetricUnit unit) {
  switch (unit) {
    case MetricUnit::kSeconds:
      return "s";
    case MetricUnit::kPercent:
      return "%";
    case MetricUnit::kCount:
      break;
  }
  return "1";
}

}  // namespace wandrill
