// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

constexpr std::array kTransition{
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

}  // namespace

std::span<const MetricInfo> transition_metrics() {
  return kTransition;
}

}  // namespace wandrill
