// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "base/unique_fd.hpp"
#include "traffic/poller.hpp"
#include "traffic/wheel.hpp"

namespace wandrill {

/// Is told when one of its deadlines has come.
class Timed {
 public:
  /// `scheduled` may lie in the past: a late wake catches up with one call for each deadline
  /// missed.
  virtual void due(Clock::time_point scheduled) = 0;

 protected:
  ~Timed() = default;
};

/// Drives the timer wheel by one timerfd (absolute, CLOCK_MONOTONIC): one wake serves all that is
/// due by then. What is added must live until it is removed, or until this ends.
class Timers final : private Watcher {
 public:
  explicit Timers(Poller& poller);

  /// `interval` zero: once.
  void add(Clock::time_point first_due, Nanos interval, Timed& timed);
  /// Not from within due(). Forgets every deadline of `timed`.
  void remove(Timed& timed);

 private:
  void ready(std::uint32_t events) override;
  void arm();

  UniqueFd timer_;
  Poller::Watch watch_;
  TimerWheel wheel_;
  std::vector<Timed*> timed_;  ///< By wheel id.
  Clock::time_point last_wake_;
  Clock::time_point armed_for_ = Clock::time_point::max();
};

/// A deadline that calls a function, once, until it is set again.
class Alarm final : private Timed {
 public:
  Alarm(Timers& timers, std::function<void()> ring) : timers_{timers}, ring_{std::move(ring)} {}
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;
  ~Alarm() { timers_.remove(*this); }

  /// The latest setting holds.
  void set(Clock::time_point at);
  void unset() noexcept { at_.reset(); }

 private:
  void due(Clock::time_point scheduled) override;

  Timers& timers_;
  std::function<void()> ring_;
  std::optional<Clock::time_point> at_;
};

}  // namespace wandrill
