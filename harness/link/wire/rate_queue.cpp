// SPDX-License-Identifier: Apache-2.0
#include "link/wire/rate_queue.hpp"

#include <algorithm>

namespace wandrill {
namespace {

constexpr double kNanosPerSecond = 1e9;

}  // namespace

Nanos RateQueue::time_on_line(const Frame& frame) const {
  if (rate_.value == 0) return Nanos{0};
  const double seconds = 8.0 * frame.size / static_cast<double>(rate_.value);
  return Nanos{static_cast<Nanos::rep>(seconds * kNanosPerSecond)};
}

void RateQueue::change(BitsPerSecond rate, Bytes limit, Clock::time_point now) {
  const auto before = rate_;
  rate_ = rate;
  limit_ = limit;
  if (waiting_.empty() || before == rate || departure_ <= now) return;
  // The first frame has this part of itself still to send.
  const double left = std::chrono::duration<double>(departure_ - now).count();
  const double scale =
      rate.value == 0 ? 0.0 : static_cast<double>(before.value) / static_cast<double>(rate.value);
  departure_ = now + Nanos{static_cast<Nanos::rep>(left * scale * kNanosPerSecond)};
}

bool RateQueue::push(Frame& frame, Clock::time_point now) {
  const bool was_empty = waiting_.empty();
  if (!was_empty && waiting_bytes_ + frame.size > limit_.value) return false;
  frame.at = now;
  waiting_.push(frame);
  waiting_bytes_ += frame.size;
  if (was_empty) departure_ = std::max(departure_, now) + time_on_line(frame);
  return true;
}

std::optional<Clock::time_point> RateQueue::next() const noexcept {
  if (waiting_.empty()) return std::nullopt;
  return departure_;
}

Frame& RateQueue::pop() {
  Frame& frame = waiting_.pop();
  waiting_bytes_ -= frame.size;
  frame.at = departure_;
  if (const Frame* following = waiting_.front(); following != nullptr)
    departure_ = std::max(departure_, following->at) + time_on_line(*following);
  return frame;
}

FrameQueue RateQueue::take_all() noexcept {
  waiting_bytes_ = 0;
  return std::exchange(waiting_, FrameQueue{});
}

}  // namespace wandrill
