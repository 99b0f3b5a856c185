// SPDX-License-Identifier: Apache-2.0
#include "refrouter/check_window.hpp"

#include <algorithm>

namespace wandrill {

CheckWindow::CheckWindow(std::size_t targets, std::size_t quorum, Nanos timeout)
    : targets_{targets}, quorum_{quorum}, timeout_{timeout} {}

void CheckWindow::sent(std::uint64_t number, Instant at) {
  checks_.push_back({.number = number, .at = at, .targets = std::vector<bool>(targets_)});
}

void CheckWindow::answer(std::size_t target, std::uint16_t sequence) {
  for (auto& check : checks_)
    if (static_cast<std::uint16_t>(check.number) == sequence && target < targets_)
      check.targets[target] = true;
}

std::vector<CheckResult> CheckWindow::resolve(Instant now) {
  std::vector<CheckResult> results;
  while (!checks_.empty()) {
    const auto& check = checks_.front();
    const auto answers = static_cast<std::size_t>(std::ranges::count(check.targets, true));
    const bool answered = answers >= quorum_;
    if (!answered && now < check.at + timeout_) break;
    results.push_back({.number = check.number, .answered = answered, .targets = answers});
    checks_.pop_front();
  }
  return results;
}

std::optional<Instant> CheckWindow::next_deadline() const {
  if (checks_.empty()) return std::nullopt;
  return checks_.front().at + timeout_;
}

Instant CheckSchedule::due() const {
  return start + interval * next;
}

std::uint64_t CheckSchedule::take(Instant now) {
  if (now > due()) next += static_cast<std::uint64_t>((now - due()) / interval);
  return next++;
}

}  // namespace wandrill
