// SPDX-License-Identifier: Apache-2.0
#include "base/pressure.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <string>

namespace wandrill {

Nanos parse_pressure(std::string_view text) {
  constexpr std::string_view kKey = " total=";
  constexpr std::int64_t kMost = Nanos::max() / std::chrono::microseconds{1};
  const auto line = text.substr(0, text.find('\n'));
  const auto key = line.find(kKey);
  if (!line.starts_with("some ") || key == std::string_view::npos) return Nanos{0};
  const auto number = line.substr(key + kKey.size());
  std::int64_t microseconds = 0;
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), microseconds);
  const bool is_good = error == std::errc{} && end == number.data() + number.size() &&
                       microseconds >= 0 && microseconds <= kMost;
  return is_good ? std::chrono::microseconds{microseconds} : Nanos{0};
}

Patience::Look look_now() {
  std::ifstream file{"/proc/pressure/cpu"};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  return {.at = Clock::now(), .waited = parse_pressure(text)};
}

}  // namespace wandrill
