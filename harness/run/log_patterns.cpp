// SPDX-License-Identifier: Apache-2.0
#include "run/log_patterns.hpp"

#include <chrono>
#include <cstdlib>

namespace wandrill {
namespace {

/// Thirty years of uptime: what is later is no stamp of CLOCK_MONOTONIC, and might not fit one.
constexpr double kMostStampSeconds = 1e9;

const char* meaning_text(LogPattern::Meaning meaning) {
  switch (meaning) {
    case LogPattern::Meaning::kWanDown:
      return "wan_down";
    case LogPattern::Meaning::kWanUp:
      return "wan_up";
    case LogPattern::Meaning::kSwitch:
      break;
  }
  return "switch";
}

/// CLOCK_MONOTONIC seconds: the router runs on our kernel, so its clock is ours.
std::optional<Clock::time_point> stamp_in(const std::string& text) {
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  // What is not a number compares with nothing.
  if (end == text.c_str() || !(seconds >= 0.0 && seconds <= kMostStampSeconds)) return std::nullopt;
  return Clock::time_point{
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{seconds})};
}

}  // namespace

LogPatterns::LogPatterns(const RouterPlan& router) {
  for (const auto& [meaning, pattern] : router.log_patterns)
    meanings_.push_back({meaning_text(meaning), Pattern{pattern}});
  if (!router.log_stamp_pattern.empty()) stamp_.emplace(router.log_stamp_pattern);
}

LogPatterns::Reading LogPatterns::read(std::string_view line) const {
  Reading reading;
  if (stamp_)
    if (const auto text = stamp_->first_group(line)) reading.stamp = stamp_in(*text);
  for (const auto& [word, pattern] : meanings_) {
    auto wan = pattern.first_group(line);
    if (!wan) continue;
    reading.meaning = word;
    reading.wan = std::move(*wan);
    break;
  }
  return reading;
}

}  // namespace wandrill
