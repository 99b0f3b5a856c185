// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using Scope = MetricScope;
using Unit = MetricUnit;

constexpr KindSet kTransfers{TrafficKind::kBulk};

constexpr std::array kVolume{
    MetricInfo{Scope::kFlow, "rate", Unit::kBitsPerSecond,
               "bytes that the receiver read ÷ time: what applications call goodput",
               "RFC 2647 3.17", "± what came in 0.2 s at each edge of the time", false, kTransfers},
    MetricInfo{Scope::kFlow, "longest_silence", Unit::kSeconds,
               "longest time in which the receiver read nothing", "ours", "± 0.2 s", true,
               kTransfers},
};

}  // namespace

std::span<const MetricInfo> volume_metrics() {
  return kVolume;
}

}  // namespace wandrill
