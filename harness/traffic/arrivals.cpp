// SPDX-License-Identifier: Apache-2.0
#include "traffic/arrivals.hpp"

#include <algorithm>
#include <cassert>

namespace wandrill {
namespace {

constexpr Nanos kRecent = std::chrono::seconds{1};
constexpr std::size_t kSpare = 16;

std::size_t ring_size(Nanos interval, Nanos allowance) {
  const auto held = 2 * (kRecent + allowance) / std::max(interval, Nanos{1000});
  return static_cast<std::size_t>(held) + kSpare;
}

}  // namespace

Arrivals::Arrivals(Nanos interval, Nanos allowance)
    : ring_(ring_size(interval, allowance)), allowance_{allowance} {}

void Arrivals::sent(std::uint64_t sequence, RunInstant scheduled) {
  assert(sequence == next_);
  if (next_ >= ring_.size() && judged_ <= next_ - ring_.size()) {
    const auto oldest = next_ - ring_.size();
    if (!entry(oldest).arrived) give_up(oldest);
    judged_ = oldest + 1;
  }
  entry(sequence) = {scheduled, false};
  ++next_;
  if (sequence == clean_from_) since_ = scheduled;
}

void Arrivals::give_up(std::uint64_t sequence) {
  clean_from_ = sequence + 1;
  since_.reset();
  // Looked up now: the ring may have moved on when somebody asks.
  if (clean_from_ < next_) since_ = entry(clean_from_).scheduled;
}

void Arrivals::received(std::uint64_t sequence, RunInstant at) {
  if (sequence >= next_ || next_ - sequence > ring_.size()) return;
  if (at - entry(sequence).scheduled > allowance_) return;
  entry(sequence).arrived = true;
  while (judged_ < next_ && entry(judged_).arrived)
    ++judged_;
}

std::optional<RunInstant> Arrivals::lossless_since(RunInstant now) {
  while (judged_ < next_) {
    const Entry& oldest = entry(judged_);
    if (!oldest.arrived) {
      if (oldest.scheduled + allowance_ > now) break;
      give_up(judged_);
    }
    ++judged_;
  }
  if (clean_from_ >= judged_) return std::nullopt;
  return since_;
}

std::optional<double> Arrivals::recent_loss(RunInstant now) const {
  const RunInstant until = now - allowance_;
  const RunInstant from = until - kRecent;
  const auto first = next_ > ring_.size() ? next_ - ring_.size() : 0;
  std::uint64_t judged = 0;
  std::uint64_t lost = 0;
  for (auto sequence = next_; sequence-- > first;) {
    const Entry& packet = entry(sequence);
    if (packet.scheduled <= from) break;
    if (packet.scheduled > until) continue;
    ++judged;
    if (!packet.arrived) ++lost;
  }
  if (judged == 0) return std::nullopt;
  return static_cast<double>(lost) / static_cast<double>(judged);
}

}  // namespace wandrill
