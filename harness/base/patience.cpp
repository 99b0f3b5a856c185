// SPDX-License-Identifier: Apache-2.0
#include "base/patience.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/units.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

/// Whoever looks every few milliseconds and did not for longer was itself kept waiting.
constexpr Nanos kLongestPause = 100ms;
/// A look comes late by less on any machine.
constexpr Nanos kWorthAWord = 100ms;

/// To tenths of a second, or milliseconds where there is less than one second.
std::string rough(Nanos time) {
  if (time < 1s) return to_string(Nanos{std::chrono::round<std::chrono::milliseconds>(time)});
  return to_string(Nanos{std::chrono::round<std::chrono::duration<std::int64_t, std::deci>>(time)});
}

}  // namespace

bool Patience::is_over(const Look& now) noexcept {
  const Nanos passed = now.at - last_.at;
  const Nanos waited = now.waited - last_.waited;
  lost_ += std::clamp(std::max(waited, passed > kLongestPause ? passed : 0ns), 0ns,
                      std::max(passed, 0ns));
  last_ = now;
  return is_over(within_, elapsed(), lost_);
}

bool Patience::is_stretched() const noexcept {
  return elapsed() >= within_ + kWorthAWord;
}

std::string Patience::text() const {
  if (!is_stretched()) return to_string(within_);
  if (elapsed() > kMostStretch * within_)
    return fmt::format("{} ({} times {}: this machine kept programs waiting for {})",
                       rough(elapsed()), kMostStretch, to_string(within_), rough(lost_));
  return fmt::format("{} ({}, and {} during which this machine kept programs waiting)",
                     rough(elapsed()), to_string(within_), rough(elapsed() - within_));
}

std::string Patience::note() const {
  return fmt::format("after {}; {} are allowed and this machine kept programs waiting for {}",
                     rough(elapsed()), to_string(within_), rough(lost_));
}

void Patience::notify_if_stretched(const Notify& notify, std::string_view what) const {
  if (is_stretched()) notify(fmt::format("{} {}", what, note()));
}

}  // namespace wandrill
