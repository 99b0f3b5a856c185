// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include <sched.h>
#include <time.h>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "doctor/probes.hpp"
#include "traffic/tester/realtime.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

constexpr int kTicks = 1000;
constexpr Nanos kTick = 1ms;
/// Beyond this a probe of 1 ms is no ruler any more.
constexpr Nanos kGoodLateness = 1ms;

timespec to_timespec(Clock::time_point instant) {
  const auto since = std::chrono::duration_cast<Nanos>(instant.time_since_epoch());
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since);
  return {.tv_sec = seconds.count(), .tv_nsec = (since - seconds).count()};
}

/// How late each tick of an absolute schedule of 1 ms woke up, sorted.
std::vector<Nanos> ticks_late() {
  std::vector<Nanos> late;
  const auto start = Clock::now() + 5ms;
  for (int tick = 0; tick < kTicks; ++tick) {
    const auto due = start + tick * kTick;
    const auto until = to_timespec(due);
    ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    late.push_back(Clock::now() - due);
  }
  std::ranges::sort(late);
  return late;
}

double milliseconds(Nanos time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

Tried try_timers() {
  sched_param before{};
  const int policy = ::sched_getscheduler(0);
  ::sched_getparam(0, &before);
  (void)request_realtime();
  const auto late = ticks_late();
  ::sched_setscheduler(0, policy, &before);
  const auto p99 = late[late.size() * 99 / 100];
  return {.answer = p99 <= kGoodLateness ? Answer::kYes : Answer::kNo,
          .detail = fmt::format("late by p50 {:.2f} ms, p99 {:.2f} ms, max {:.2f} ms",
                                milliseconds(late[late.size() / 2]), milliseconds(p99),
                                milliseconds(late.back()))};
}

Tried try_realtime() {
  sched_param before{};
  const int policy = ::sched_getscheduler(0);
  ::sched_getparam(0, &before);
  if (!request_realtime()) return {.answer = Answer::kNo};
  ::sched_setscheduler(0, policy, &before);
  return {.answer = Answer::kYes};
}

}  // namespace

std::vector<Probe> tester_probes() {
  return {{"realtime", try_realtime}, {"timers", try_timers}};
}

}  // namespace wandrill
