// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace wandrill {

/// A share of a hundred: Percent{2.5} is 2.5 %.
struct Percent {
  double value = 0.0;
  friend auto operator<=>(const Percent&, const Percent&) = default;
};

struct BitsPerSecond {
  std::uint64_t value = 0;
  friend auto operator<=>(const BitsPerSecond&, const BitsPerSecond&) = default;
};

struct Bytes {
  std::uint64_t value = 0;
  friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

/// Each parser takes a non-negative decimal number directly followed (or after one space) by a
/// unit, and returns nothing for anything else, a bare number included. Durations: ns, us, ms, s,
/// min, h.
std::optional<Nanos> parse_duration(std::string_view text);
/// Percentages: "%".
std::optional<Percent> parse_percent(std::string_view text);
/// Rates, decimal multiples: bit/s, kbit/s, Mbit/s, Gbit/s.
std::optional<BitsPerSecond> parse_rate(std::string_view text);
/// Sizes: B, kB, MB (decimal), KiB, MiB (binary).
std::optional<Bytes> parse_size(std::string_view text);

/// The shortest text that the parser above reads back to the same value: "20ms", "1.5s",
/// "300Mbit/s".
std::string to_string(Nanos duration);
std::string to_string(Percent percent);
std::string to_string(BitsPerSecond rate);
std::string to_string(Bytes size);

}  // namespace wandrill
