// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

constexpr KindSet kSites{TrafficKind::kHttp};

constexpr MetricInfo count(std::string_view name, std::string_view definition) {
  return {Scope::kSession, name, Unit::kCount, definition, "ours", kExact, true, kSites, true};
}
constexpr MetricInfo time(std::string_view name, std::string_view definition) {
  return {Scope::kSession, name, Unit::kSeconds, definition, "ours", kStamps, true, kSites, true};
}

constexpr std::array kHttp{
    MetricInfo{Scope::kSession, "requests", Unit::kCount,
               "requests that came to an end, answered or failed", "ours", kExact, false, kSites,
               true},
    MetricInfo{Scope::kSession, "success", Unit::kPercent,
               "of those requests, the share that was answered rightly", "ours", kExact, false,
               kSites, true},
    count("refused", "requests that got no connection: it was refused, or there was no route"),
    count("cut_short", "requests whose connection ended before the answer was whole"),
    count("timed_out", "requests that were given up after late_after"),
    count("wrong", "answers that were no HTTP, or not what was asked for"),
    time("first_byte_p50",
         "median time from a request, its connection included, to the first byte of its answer; "
         "failed requests infinite"),
    time("first_byte_max", "longest such time, of the requests that were answered"),
    time("complete_p50",
         "median time from a request, its connection included, to its whole answer; failed "
         "requests infinite"),
    time("complete_max", "longest such time, of the requests that were answered"),
};

}  // namespace

std::span<const MetricInfo> http_metrics() {
  return kHttp;
}

}  // namespace wandrill
