// SPDX-License-Identifier: Apache-2.0
#include "traffic/tester/scheduling_monitor.hpp"

#include <utility>

#include <pthread.h>
#include <sched.h>

#include "base/signals_blocked.hpp"

namespace wandrill {
namespace {

constexpr Nanos kTick = StallDetector::kTick;

/// Whatever the thread inherited: the point of it is to be one of the ordinary ones.
void become_ordinary() {
  ::pthread_setname_np(::pthread_self(), "machine watch");
  const sched_param priority{};
  ::pthread_setschedparam(::pthread_self(), SCHED_OTHER, &priority);
}

}  // namespace

SchedulingMonitor::SchedulingMonitor() {
  const SignalsBlocked blocked;
  thread_ = std::jthread{[this](const std::stop_token& stop) { watch(stop); }};
}

void SchedulingMonitor::watch(const std::stop_token& stop) {
  become_ordinary();
  StallDetector detector;
  for (auto due = Clock::now() + kTick; !stop.stop_requested(); due += kTick) {
    std::this_thread::sleep_until(due);
    const auto stall = detector.tick(due, Clock::now());
    if (!stall) continue;
    const std::lock_guard lock{mutex_};
    stalls_.push_back(*stall);
  }
}

std::vector<Stall> SchedulingMonitor::take_stalls() {
  const std::lock_guard lock{mutex_};
  return std::exchange(stalls_, {});
}

}  // namespace wandrill
