// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

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
    MetricInfo{Scope::kRouter, "private_sources", Unit::kCount,
               "packets that left by a WAN with a private source (RFC 1918, RFC 4193): their "
               "answers cannot come back",
               "BCP 38", kExact},
    MetricInfo{Scope::kRouter, "foreign_sources", Unit::kCount,
               "packets that left by a WAN with a source that is not of its network, such as the "
               "router's address on the other WAN",
               "BCP 38", kExact},
    MetricInfo{Scope::kRouter, "barred_packets", Unit::kCount,
               "packets that left by a WAN that is not for their sender (`not_for`)", "ours",
               kExact},
};

}  // namespace

std::span<const MetricInfo> router_metrics() {
  return kRouter;
}

}  // namespace wandrill
