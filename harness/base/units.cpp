// SPDX-License-Identifier: Apache-2.0
#include "base/units.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <span>

#include <fmt/format.h>

namespace wandrill {
namespace {

struct Unit {
  std::string_view name;
  double scale;
};

constexpr std::array kDurations{Unit{"ns", 1},  Unit{"us", 1e3},   Unit{"ms", 1e6},
                                Unit{"s", 1e9}, Unit{"min", 60e9}, Unit{"h", 3600e9}};
constexpr std::array kPercents{Unit{"%", 1}};
constexpr std::array kRates{Unit{"bit/s", 1}, Unit{"kbit/s", 1e3}, Unit{"Mbit/s", 1e6},
                            Unit{"Gbit/s", 1e9}};
constexpr std::array kSizes{Unit{"B", 1}, Unit{"kB", 1e3}, Unit{"MB", 1e6}, Unit{"KiB", 1024},
                            Unit{"MiB", 1024.0 * 1024.0}};

constexpr double kLargest = 9e18;

std::optional<double> parse(std::string_view text, std::span<const Unit> units) {
  double number = 0.0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc{} || number < 0.0 || std::signbit(number)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  for (const auto& unit : units)
    if (text == unit.name && number * unit.scale <= kLargest) return number * unit.scale;
  return std::nullopt;
}

/// Writes the value in the largest unit in which it needs at most three decimals.
std::string format(double value, std::span<const Unit> units) {
  constexpr double kThreeDecimals = 1000.0;
  const Unit* best = units.data();
  for (const auto& unit : units) {
    const double scaled = value / unit.scale * kThreeDecimals;
    const bool exact = std::abs(scaled - std::round(scaled)) < 1e-9 * std::max(1.0, scaled);
    if (value >= unit.scale && exact) best = &unit;
  }
  const double number = std::round(value / best->scale * kThreeDecimals) / kThreeDecimals;
  return fmt::format("{}{}", number, best->name);
}

template <typename Unsigned>
Unsigned rounded(double value) {
  return static_cast<Unsigned>(std::llround(value));
}

}  // namespace

std::optional<Nanos> parse_duration(std::string_view text) {
  const auto value = parse(text, kDurations);
  if (!value) return std::nullopt;
  return Nanos{std::llround(*value)};
}

std::optional<Percent> parse_percent(std::string_view text) {
  const auto value = parse(text, kPercents);
  if (!value) return std::nullopt;
  return Percent{*value};
}

std::optional<BitsPerSecond> parse_rate(std::string_view text) {
  const auto value = parse(text, kRates);
  if (!value) return std::nullopt;
  return BitsPerSecond{rounded<std::uint64_t>(*value)};
}

std::optional<Bytes> parse_size(std::string_view text) {
  const auto value = parse(text, kSizes);
  if (!value) return std::nullopt;
  return Bytes{rounded<std::uint64_t>(*value)};
}

std::string to_string(Nanos duration) {
  if (duration.count() < 0) return fmt::format("-{}", to_string(-duration));
  if (duration.count() == 0) return "0s";
  const std::span<const Unit> up_to_seconds{kDurations.data(), 4};
  return format(static_cast<double>(duration.count()), up_to_seconds);
}

std::string to_string(Percent percent) {
  return fmt::format("{}%", percent.value);
}

std::string to_string(BitsPerSecond rate) {
  return format(static_cast<double>(rate.value), kRates);
}

std::string to_string(Bytes size) {
  return format(static_cast<double>(size.value), std::span<const Unit>{kSizes.data(), 3});
}

}  // namespace wandrill
