// SPDX-License-Identifier: Apache-2.0
#include "reports/number_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace wandrill {
namespace {

/// Without zeros at the end that say nothing.
std::string decimal(double value, int decimals) {
  auto text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

/// As many decimals as reach the first digit of `accuracy`.
int decimals_for(double accuracy) {
  if (!(accuracy > 0.0)) return 3;
  return std::clamp(static_cast<int>(std::ceil(-std::log10(accuracy) - 1e-9)), 0, 6);
}

/// Times below a second read better in milliseconds. `accuracy` decides the decimals.
std::string time(double seconds, double accuracy) {
  if (std::abs(seconds) < 1.0 && seconds != 0.0)
    return decimal(seconds * 1e3, decimals_for(accuracy * 1e3)) + " ms";
  return decimal(seconds, decimals_for(accuracy)) + " s";
}

/// Rates need no more than three digits.
std::string rate(double bits_per_second) {
  if (bits_per_second >= 1e6) return fmt::format("{:.3g} Mbit/s", bits_per_second / 1e6);
  if (bits_per_second >= 1e3) return fmt::format("{:.3g} kbit/s", bits_per_second / 1e3);
  return fmt::format("{:.0f} bit/s", bits_per_second);
}

std::string quantity(double value, std::string_view unit, double accuracy) {
  if (unit == "s") return time(value, accuracy);
  if (unit == "bit/s") return rate(value);
  const auto number = decimal(value, decimals_for(accuracy));
  return unit == "%" ? number + " %" : number;
}

}  // namespace

std::string number_text(const Json& value, std::string_view unit, double accuracy) {
  if (!value.is_number()) return unit == "s" ? "never" : "no value";
  auto number = quantity(value.get<double>(), unit, accuracy);
  if (!(accuracy > 0.0)) return number;
  return number + " ± " + quantity(accuracy, unit, accuracy / 10);
}

std::string measured_text(const Json& measured) {
  if (measured.is_null() || measured.value("untried", false)) return "–";
  return number_text(measured.at("value"), measured.at("unit").get_ref<const std::string&>(),
                     measured.at("accuracy").get<double>());
}

std::string judged_text(const Json& expectation) {
  if (expectation.at("outcome") == "skipped") return "–";
  if (const auto& found = expectation.at("found"); found != "") return found.get<std::string>();
  return number_text(expectation.at("measured"),
                     expectation.at("unit").get_ref<const std::string&>(),
                     expectation.at("accuracy").get<double>());
}

std::string seconds_text(const Json& seconds) {
  return seconds.is_number() ? time(seconds.get<double>(), 0.0) : "–";
}

}  // namespace wandrill
