// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

constexpr KindSet kSeries{TrafficKind::kTcp, TrafficKind::kHttp, TrafficKind::kDns};
constexpr KindSet kConnections{TrafficKind::kTcp, TrafficKind::kHttp};
constexpr KindSet kSampled{TrafficKind::kTcp, TrafficKind::kBulk};

constexpr std::array kRequests{
    MetricInfo{Scope::kSession, "responses", Unit::kCount, "requests that were answered", "ours",
               kExact, false, kSeries},
    MetricInfo{Scope::kSession, "longest_stall", Unit::kSeconds,
               "longest time between two answers, or from the last one to the last request", "ours",
               kOwnInterval, true, kSeries},
    MetricInfo{Scope::kSession, "resets", Unit::kCount, "connections lost after they stood", "ours",
               kExact, true, kConnections},
    MetricInfo{Scope::kSession, "survived", Unit::kCount,
               "1 if it still answered at the end, over the first connection if it has one, else 0",
               "ours", kExact, false, kSeries},
    MetricInfo{Scope::kSession, "time_to_success", Unit::kSeconds,
               "fault observed → first answer to a request made after it; of several faults the "
               "longest",
               "ours", kOwnInterval, true, kSeries},
    MetricInfo{Scope::kSession, "time_to_success_after_restore", Unit::kSeconds,
               "path seen clean → first answer to a request made after it; of several restores the "
               "longest",
               "ours", kOwnInterval, true, kSeries},
    MetricInfo{Scope::kSession, "retransmits", Unit::kCount,
               "segments that the client's kernel sent again (TCP_INFO, every 200 ms)", "RFC 6298",
               "exact, but for the last 200 ms of each connection", true, kSampled},
    MetricInfo{
        Scope::kSession, "longest_rto", Unit::kSeconds,
        "longest retransmission time-out of the client's kernel, back-off included (TCP_INFO, "
        "every 200 ms)",
        "RFC 6298", "± 1 ms", true, kSampled},
};

}  // namespace

std::span<const MetricInfo> request_metrics() {
  return kRequests;
}

}  // namespace wandrill
