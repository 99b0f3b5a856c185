// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

constexpr KindSet kForbidden{TrafficKind::kForbidden};

constexpr std::array kPolicy{
    MetricInfo{Scope::kSession, "arrived", Unit::kCount,
               "packets that policy must stop and that arrived", "ours", kExact, true, kForbidden},
    MetricInfo{Scope::kSession, "attempts", Unit::kCount,
               "packets sent that policy must stop; of several pairs the fewest", "ours", kExact,
               false, kForbidden},
};

}  // namespace

std::span<const MetricInfo> policy_metrics() {
  return kPolicy;
}

}  // namespace wandrill
