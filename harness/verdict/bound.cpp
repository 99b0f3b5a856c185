// SPDX-License-Identifier: Apache-2.0
#include "verdict/bound.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "verdict/text.hpp"

namespace wandrill {
namespace {

/// Rounding of doubles must not break a bound.
constexpr double kEpsilon = 1e-9;

std::string exact_text(double value, MetricUnit unit) {
  if (unit == MetricUnit::kBitsPerSecond && value >= 1e6)
    return fmt::format("{:g} Mbit/s", value / 1e6);
  if (unit == MetricUnit::kBitsPerSecond && value >= 1e3)
    return fmt::format("{:g} kbit/s", value / 1e3);
  const bool is_number = unit == MetricUnit::kCount || unit == MetricUnit::kScore;
  return is_number ? fmt::format("{:g}", value) : fmt::format("{:g} {}", value, to_string(unit));
}

/// By how much the value lies beyond the bound that it breaks most; negative when all hold.
double excess_of(double value, const MetricExpectation& expected) {
  double excess = -HUGE_VAL;
  if (expected.at_most) excess = std::max(excess, value - *expected.at_most);
  if (expected.at_least) excess = std::max(excess, *expected.at_least - value);
  if (expected.equals) excess = std::max(excess, std::abs(value - *expected.equals));
  return excess;
}

bool is_lost_in_noise(const Measured& measured, const MetricExpectation& expected, double noise) {
  if (measured.unit != MetricUnit::kSeconds) return false;
  const auto tester_overloaded = [&](const std::optional<double>& bound) {
    return bound && *bound > 0 && noise > *bound;
  };
  return tester_overloaded(expected.at_most) || tester_overloaded(expected.at_least) ||
         tester_overloaded(expected.equals);
}

}  // namespace

std::string bound_text(const MetricExpectation& expected, MetricUnit unit) {
  std::string text;
  const auto add = [&](const char* sign, const std::optional<double>& bound) {
    if (!bound) return;
    if (!text.empty()) text += " and ";
    text += fmt::format("{} {}", sign, exact_text(*bound, unit));
  };
  add("<=", expected.at_most);
  add(">=", expected.at_least);
  add("==", expected.equals);
  return text;
}

TesterDoubt doubt_of(const Measurements& measurements) {
  return {in_seconds(measurements.tester.late_send_p99), measurements.tester_overloaded};
}

Judgement judge_value(const Measured& measured, const MetricExpectation& expected,
                      const TesterDoubt& doubt) {
  if (!measured.value && measured.untried)
    return {Outcome::kInconclusive, fmt::format("There is nothing to judge: {}.", measured.note)};
  if (!measured.value)
    return {
        doubt.tester_overloaded ? Outcome::kInconclusive : Outcome::kFail,
        fmt::format("It never happened{}{}.", measured.note.empty() ? "" : ": ", measured.note) +
            (doubt.tester_overloaded ? " But the tester stood still for half of the time." : "")};
  const double value = *measured.value;
  const auto said = value_text(value, measured.unit);
  if (is_lost_in_noise(measured, expected, doubt.noise))
    return {Outcome::kInconclusive,
            fmt::format("The tester itself ran up to {} late, more than the bound: {} proves "
                        "nothing.",
                        time_text(doubt.noise), said)};
  const double excess = excess_of(value, expected);
  const auto bound = bound_text(expected, measured.unit);
  if (std::abs(excess) <= measured.accuracy + kEpsilon && measured.accuracy > 0)
    return {Outcome::kPass, fmt::format("{} is within its accuracy (± {}) of {}.", said,
                                        value_text(measured.accuracy, measured.unit), bound)};
  if (excess <= kEpsilon) return {Outcome::kPass, fmt::format("{} holds {}.", said, bound)};
  if (excess <= measured.accuracy + measured.tester_share + kEpsilon)
    return {Outcome::kInconclusive,
            fmt::format("{} breaks {}, but the tester itself may have caused {} of it.", said,
                        bound, value_text(measured.tester_share, measured.unit))};
  return {Outcome::kFail, fmt::format("{} breaks {}{}.", said, bound,
                                      measured.note.empty() ? "" : " (" + measured.note + ")")};
}

}  // namespace wandrill
