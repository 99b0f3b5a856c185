// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

constexpr KindSet kForbidden{TrafficKind::kForbidden};
constexpr KindSet kMatrix{TrafficKind::kMatrix};
constexpr KindSet kAttempts{TrafficKind::kForbidden, TrafficKind::kMatrix};

constexpr std::array kPolicy{
    MetricInfo{Scope::kSession, "arrived", Unit::kCount,
               "packets that policy must stop and that arrived", "ours", kExact, true, kForbidden},
    MetricInfo{Scope::kSession, "attempts", Unit::kCount,
               "packets sent to try what policy lets pass; of several pairs the fewest", "ours",
               kExact, false, kAttempts},
    MetricInfo{
        Scope::kSession, "differences", Unit::kCount,
        "pairs that are open while traffic leaves by one WAN and closed by another, or after "
        "the way back: opened and closed",
        "ours", kExact, true, kMatrix},
    MetricInfo{Scope::kSession, "opened", Unit::kCount,
               "pairs that are closed on the first WAN and open after a switch", "ours", kExact,
               true, kMatrix},
    MetricInfo{Scope::kSession, "closed", Unit::kCount,
               "pairs that are open on the first WAN and closed after a switch", "ours", kExact,
               true, kMatrix},
    MetricInfo{Scope::kSession, "compared", Unit::kCount,
               "pairs of which more than one stay on a WAN tells whether they are open", "ours",
               kExact, false, kMatrix},
};

}  // namespace

std::span<const MetricInfo> policy_metrics() {
  return kPolicy;
}

}  // namespace wandrill
