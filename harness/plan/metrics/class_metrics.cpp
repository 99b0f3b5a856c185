// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using Scope = MetricScope;
using Unit = MetricUnit;

constexpr std::array kClasses{
    MetricInfo{Scope::kClass, "rate", Unit::kBitsPerSecond,
               "payload that arrived of the class's sessions ÷ time", "RFC 2647 3.17",
               "± what came in at the edges of the time: a packet, of transfers 0.2 s", false},
    MetricInfo{Scope::kClass, "loss", Unit::kPercent,
               "lost ÷ sent × 100, over the packets of its sessions; transfers have none that are "
               "told apart",
               "RFC 7680", "exact; in a phase ± one packet of each flow", true},
};

}  // namespace

std::span<const MetricInfo> class_metrics() {
  return kClasses;
}

}  // namespace wandrill
