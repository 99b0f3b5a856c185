// SPDX-License-Identifier: Apache-2.0
#include "verdict/text.hpp"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plan/faults/fault_info.hpp"
#include "plan/faults/fault_text.hpp"

namespace wandrill {

std::string time_text(double seconds) {
  const double size = std::abs(seconds);
  if (size >= 10) return fmt::format("{:.1f} s", seconds);
  if (size >= 1) return fmt::format("{:.2f} s", seconds);
  if (size >= 0.01) return fmt::format("{:.0f} ms", seconds * 1e3);
  return fmt::format("{:.2g} ms", seconds * 1e3);
}

std::string time_text(Nanos duration) {
  return time_text(in_seconds(duration));
}

std::string since_text(const std::optional<TimeSpan>& when) {
  return when ? fmt::format(" (from {:.1f} s on)", in_seconds(when->from)) : "";
}

std::string rate_text(double bits_per_second) {
  if (bits_per_second >= 1e6) return fmt::format("{:.3g} Mbit/s", bits_per_second / 1e6);
  if (bits_per_second >= 1e3) return fmt::format("{:.3g} kbit/s", bits_per_second / 1e3);
  return fmt::format("{:.0f} bit/s", bits_per_second);
}

std::string value_text(double value, MetricUnit unit) {
  switch (unit) {
    case MetricUnit::kSeconds:
      return time_text(value);
    case MetricUnit::kPercent:
      return fmt::format("{:.3g} %", value);
    case MetricUnit::kBitsPerSecond:
      return rate_text(value);
    case MetricUnit::kScore:
      return fmt::format("{:.2f}", value);
    case MetricUnit::kCount:
      break;
  }
  return fmt::format("{:g}", value);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

const FaultAction* find_fault(const Plan& plan, const std::string& id) {
  for (const auto& step : plan.timeline.steps) {
    const auto* fault = std::get_if<FaultAction>(&step.action);
    if (fault != nullptr && fault->id == id) return fault;
  }
  return nullptr;
}

std::string fault_story(const Plan& plan, const Transition& transition) {
  const auto* fault = find_fault(plan, transition.cause);
  if (fault == nullptr)
    return transition.label.empty() ? "nothing was wrong" : transition.label + " was run";
  const auto only = to_string(fault->filter);
  return fmt::format("{} {}{}", fault_place(*fault), info_of(fault->kind).story,
                     only.empty() ? "" : fmt::format(" (only {})", only));
}

}  // namespace wandrill
