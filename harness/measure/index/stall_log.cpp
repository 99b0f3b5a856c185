// SPDX-License-Identifier: Apache-2.0
#include "measure/index/stall_log.hpp"

#include <variant>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr int kStarvedShare = 10;            ///< One part in … of the time stalled.
constexpr int kStarvedCredit = 2;            ///< One part in … is credited then.
constexpr Nanos kUpsetsRouter = 50ms;        ///< A stall that may make a router switch.
constexpr Nanos kUpsetsFor = 1s;             ///< How long after it.
constexpr Nanos kOverflowNoticedAfter = 1s;  ///< A queue tells of its losses with its next packet.

std::vector<TimeSpan> merged(std::vector<TimeSpan> spans) {
  std::sort(spans.begin(), spans.end(),
            [](const TimeSpan& a, const TimeSpan& b) { return a.from < b.from; });
  std::vector<TimeSpan> result;
  for (const auto& span : spans) {
    if (!result.empty() && span.from <= result.back().until)
      result.back().until = std::max(result.back().until, span.until);
    else
      result.push_back(span);
  }
  return result;
}

}  // namespace

StallLog::StallLog(const std::vector<Event>& events) {
  for (const auto& event : events) {
    const auto* tester = std::get_if<TesterEvent>(&event);
    if (tester == nullptr) continue;
    if (tester->kind.ends_with("stall") && tester->until > tester->at)
      stalls_.push_back({tester->at, tester->until});
    if (tester->kind == "overflow") overflows_.push_back(*tester);
  }
  stalls_ = merged(std::move(stalls_));
}

Nanos StallLog::within(const TimeSpan& span) const {
  Nanos total{0};
  for (const auto& stall : stalls_)
    total += stall.overlap(span);
  return total;
}

Nanos StallLog::credit(const TimeSpan& span) const {
  const Nanos stalled = within(span);
  const bool starved = stalled > Nanos{0} && stalled * kStarvedShare >= span.length();
  return starved ? std::max(stalled, span.length() / kStarvedCredit) : stalled;
}

bool StallLog::tester_overloaded(const TimeSpan& span) const {
  const Nanos stalled = within(span);
  return stalled > Nanos{0} && stalled * 2 >= span.length();
}

Nanos StallLog::longest_quiet(const TimeSpan& span) const {
  Nanos longest{0};
  RunInstant since = span.from;
  for (const auto& stall : stalls_) {
    if (stall.length() < kUpsetsRouter || stall.overlap(span) <= Nanos{0}) continue;
    longest = std::max(longest, Nanos{stall.from - since});
    since = stall.until;
  }
  return std::max(longest, Nanos{span.until - since});
}

bool StallLog::may_explain_switch(RunInstant at) const {
  return std::any_of(stalls_.begin(), stalls_.end(), [&](const TimeSpan& stall) {
    return stall.length() >= kUpsetsRouter && stall.from <= at && at <= stall.until + kUpsetsFor;
  });
}

Nanos StallLog::longest_within(const TimeSpan& span) const {
  Nanos longest{0};
  for (const auto& stall : stalls_)
    if (stall.overlap(span) > Nanos{0}) longest = std::max(longest, stall.length());
  return longest;
}

std::uint64_t StallLog::overflows(std::string_view subject, const TimeSpan& span) const {
  std::uint64_t count = 0;
  for (const auto& overflow : overflows_)
    if (overflow.subject == subject && overflow.at >= span.from &&
        overflow.at <= span.until + kOverflowNoticedAfter)
      count += overflow.count;
  return count;
}

}  // namespace wandrill
