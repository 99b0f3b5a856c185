// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

constexpr KindSet kSeries{TrafficKind::kTcp};

constexpr std::array kRequests{
    MetricInfo{Scope::kSession, "responses", Unit::kCount, "requests that were answered", "ours",
               kExact, false, kSeries},
    MetricInfo{Scope::kSession, "longest_stall", Unit::kSeconds,
               "longest time between two answers, or from the last one to the last request", "ours",
               kOwnInterval, true, kSeries},
    MetricInfo{Scope::kSession, "resets", Unit::kCount, "connections lost after they stood", "ours",
               kExact, true, kSeries},
    MetricInfo{Scope::kSession, "survived", Unit::kCount,
               "1 if the first connection still answered at the end, else 0", "ours", kExact, false,
               kSeries},
};

}  // namespace

std::span<const MetricInfo> request_metrics() {
  return kRequests;
}

}  // namespace wandrill
