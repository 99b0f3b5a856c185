// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/metrics/metric_catalogue.hpp"

// The metrics by what they are about; metric_catalogue() joins them.
namespace wandrill {

std::span<const MetricInfo> transition_metrics();
std::span<const MetricInfo> router_metrics();
std::span<const MetricInfo> flow_metrics();
std::span<const MetricInfo> request_metrics();
std::span<const MetricInfo> voice_metrics();
std::span<const MetricInfo> policy_metrics();
std::span<const MetricInfo> tunnel_metrics();
std::span<const MetricInfo> sip_metrics();
std::span<const MetricInfo> dns_metrics();
std::span<const MetricInfo> volume_metrics();
std::span<const MetricInfo> http_metrics();
std::span<const MetricInfo> class_metrics();

/// What limits a number, in words.
namespace accuracy {
inline constexpr std::string_view kInterval =
    "± the smallest packet interval of the flows that show it, ± the tester's p99 lateness";
inline constexpr std::string_view kOwnInterval =
    "± one packet interval of the flow, ± the tester's p99 lateness";
inline constexpr std::string_view kInstant =
    "± 1 ms (the fault's observed instant), ± the tester's p99 lateness";
inline constexpr std::string_view kStamps = "± 0.1 ms (stamps)";
inline constexpr std::string_view kExact = "exact";
}  // namespace accuracy

}  // namespace wandrill
