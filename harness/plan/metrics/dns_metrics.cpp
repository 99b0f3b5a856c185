// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plan/metrics/metric_tables.hpp"

namespace wandrill {
namespace {

using namespace accuracy;
using Scope = MetricScope;
using Unit = MetricUnit;

constexpr KindSet kNames{TrafficKind::kDns};

constexpr std::array kDnsMetrics{
    MetricInfo{Scope::kSession, "refusals", Unit::kCount,
               "answers that were an error, such as SERVFAIL, or had no address", "RFC 1035 4.1.1",
               kExact, true, kNames},
    MetricInfo{Scope::kSession, "truncated", Unit::kCount,
               "answers that were cut to fit and are to be asked for over TCP; they count as none",
               "RFC 2181 9", kExact, true, kNames},
    MetricInfo{Scope::kSession, "strays", Unit::kCount,
               "datagrams that answered nothing: another ID, question or sender, or nonsense",
               "RFC 5452 9.1", kExact, true, kNames},
};

}  // namespace

std::span<const MetricInfo> dns_metrics() {
  return kDnsMetrics;
}

}  // namespace wandrill
