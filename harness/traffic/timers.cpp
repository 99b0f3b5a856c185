// SPDX-License-Identifier: Apache-2.0
#include "traffic/timers.hpp"

#include <algorithm>

#include <sys/epoll.h>
#include <sys/timerfd.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

/// Under load, wakes come no closer than this and serve what has gathered: a packet is late by at
/// most as much, and hundreds of flows cost half. A few flows are never so close to each other.
constexpr Nanos kLeastBetweenWakes = std::chrono::microseconds{200};

}  // namespace

Timers::Timers(Poller& poller)
    : timer_{check(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK),
                   "create a timer descriptor")},
      watch_{poller.watch(timer_.get(), EPOLLIN, *this)} {}

void Timers::add(Clock::time_point first_due, Nanos interval, Timed& timed) {
  auto place = std::find(timed_.begin(), timed_.end(), &timed);
  if (place == timed_.end()) place = std::find(timed_.begin(), timed_.end(), nullptr);
  if (place == timed_.end()) place = timed_.insert(place, nullptr);
  *place = &timed;
  wheel_.add(first_due, interval, static_cast<TimerWheel::Id>(place - timed_.begin()));
  if (first_due < armed_for_) arm();
}

void Timers::remove(Timed& timed) {
  const auto place = std::find(timed_.begin(), timed_.end(), &timed);
  if (place == timed_.end()) return;
  wheel_.remove(static_cast<TimerWheel::Id>(place - timed_.begin()));
  *place = nullptr;
}

void Timers::ready(std::uint32_t) {
  last_wake_ = Clock::now();
  wheel_.pop_due(last_wake_, [this](TimerWheel::Id id, Clock::time_point scheduled) {
    timed_[id]->due(scheduled);
  });
  arm();
}

void Timers::arm() {
  const auto next = wheel_.next_due();
  armed_for_ = next ? std::max(*next, last_wake_ + kLeastBetweenWakes) : Clock::time_point::max();
  // Setting the timer also takes back an expiry that nobody read. All zero: disarmed.
  itimerspec spec{};
  if (next) {
    const auto since_boot = std::max<Nanos>(armed_for_.time_since_epoch(), Nanos{1});
    spec.it_value.tv_sec = static_cast<time_t>(since_boot.count() / 1'000'000'000);
    spec.it_value.tv_nsec = static_cast<long>(since_boot.count() % 1'000'000'000);
  }
  check(::timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME, &spec, nullptr), "set a timer");
}

void Alarm::set(Clock::time_point at) {
  at_ = at;
  timers_.add(at, Nanos::zero(), *this);
}

void Alarm::due(Clock::time_point scheduled) {
  // An earlier setting rings in vain: the wheel is not searched for it.
  if (at_ != scheduled) return;
  at_.reset();
  ring_();
}

}  // namespace wandrill
