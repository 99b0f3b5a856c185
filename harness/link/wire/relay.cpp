// SPDX-License-Identifier: Apache-2.0
#include "link/wire/relay.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

#include "base/error.hpp"
#include "base/signals_blocked.hpp"
#include "base/unique_fd.hpp"
#include "link/wire/frame_pool.hpp"
#include "link/wire/wire_slot.hpp"

namespace wandrill {
namespace {

constexpr int kRealtimePriority = 20;
constexpr std::size_t kMostStalls = 10'000;
/// Under load frames are moved together, at most this long after one another: a wake-up for each
/// small packet would take a CPU. A lone frame never waits for it.
constexpr Nanos kModeration = std::chrono::microseconds{100};

bool set_realtime() {
  ::pthread_setname_np(::pthread_self(), "relay");
  ::prctl(PR_SET_TIMERSLACK, 1);
  const sched_param priority{.sched_priority = kRealtimePriority};
  return ::pthread_setschedparam(::pthread_self(), SCHED_FIFO, &priority) == 0;
}

}  // namespace

/// Everything the thread works with. The mutex guards the mailbox only; the rest is the thread's.
struct Relay::Shared {
  std::mutex mutex;
  std::condition_variable answered;
  const std::function<void(FramePool&)>* command = nullptr;
  std::exception_ptr failure;
  UniqueFd wake{check(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "make an eventfd")};

  FramePool pool;
  std::vector<WireSlot*> slots;
  std::vector<pollfd> polled;
  RelayHealth health;
  std::vector<RelayStall> stalls;
  bool ending = false;
  bool busy = false;  ///< The last round moved frames.
  std::thread thread;

  void loop();
  void round();
  void answer_command();
  void refresh_polled();
  void wait(std::optional<Clock::time_point> until);
  void poll(std::size_t descriptors, std::optional<Clock::time_point> until);
  void note_wakeup(Clock::time_point wanted, Clock::time_point now);
  [[nodiscard]] std::optional<Clock::time_point> next_due() const;
};

void Relay::Shared::refresh_polled() {
  polled.assign(1, {.fd = wake.get(), .events = POLLIN, .revents = 0});
  for (auto* slot : slots)
    for (const auto side : {Side::kRouter, Side::kIsp})
      polled.push_back({.fd = slot->port(side).fd(), .events = POLLIN, .revents = 0});
}

std::optional<Clock::time_point> Relay::Shared::next_due() const {
  std::optional<Clock::time_point> earliest;
  for (const auto* slot : slots)
    if (const auto due = slot->next_due()) earliest = earliest ? std::min(*earliest, *due) : *due;
  return earliest;
}

void Relay::Shared::note_wakeup(Clock::time_point wanted, Clock::time_point now) {
  ++health.wakeups;
  const Nanos late = now - wanted;
  health.latest = std::max(health.latest, late);
  if (late > kLateWakeup) ++health.late;
  if (late > kStall && stalls.size() < kMostStalls) stalls.push_back({wanted, now});
}

void Relay::Shared::poll(std::size_t descriptors, std::optional<Clock::time_point> until) {
  timespec timeout{};
  if (until) {
    const Nanos left = std::max(Nanos{0}, Nanos{*until - Clock::now()});
    timeout.tv_sec = static_cast<time_t>(left.count() / 1'000'000'000);
    timeout.tv_nsec = static_cast<long>(left.count() % 1'000'000'000);
  }
  polled[0].revents = 0;
  const int ready = ::ppoll(polled.data(), descriptors, until ? &timeout : nullptr, nullptr);
  for (std::size_t i = 1; ready > 0 && i < descriptors; ++i)
    if ((polled[i].revents & POLLERR) != 0)
      slots[(i - 1) / 2]->port((i - 1) % 2 == 0 ? Side::kRouter : Side::kIsp).clear_error();
}

void Relay::Shared::wait(std::optional<Clock::time_point> until) {
  if (busy)
    poll(1, Clock::now() + kModeration);  // for a command only
  else
    poll(polled.size(), until);
}

void Relay::Shared::answer_command() {
  if ((polled[0].revents & POLLIN) == 0) return;
  std::uint64_t wakes = 0;
  static_cast<void>(!::read(wake.get(), &wakes, sizeof wakes));
  const std::lock_guard lock{mutex};
  if (command == nullptr) return;
  try {
    (*command)(pool);
  } catch (...) {
    failure = std::current_exception();
  }
  command = nullptr;
  refresh_polled();
  answered.notify_all();
}

void Relay::Shared::round() {
  const auto due = next_due();
  wait(due);
  const auto woken = Clock::now();
  std::optional<Clock::time_point> wanted = due && *due <= woken ? due : std::nullopt;
  for (auto* slot : slots)
    if (const auto arrived = slot->receive(pool))
      wanted = wanted ? std::min(*wanted, *arrived) : *arrived;
  if (wanted) note_wakeup(*wanted, woken);
  busy = wanted.has_value();
  const auto now = Clock::now();
  for (auto* slot : slots)
    slot->send_due(pool, now);
  answer_command();
}

void Relay::Shared::loop() {
  health.realtime = set_realtime();
  refresh_polled();
  while (!ending)
    round();
}

Relay::Relay() : shared_{std::make_unique<Shared>()} {
  const SignalsBlocked blocked;
  shared_->thread = std::thread{[shared = shared_.get()] { shared->loop(); }};
}

Relay::~Relay() {
  run([this](FramePool&) { shared_->ending = true; });
  shared_->thread.join();
}

void Relay::run(const std::function<void(FramePool&)>& command) {
  std::unique_lock lock{shared_->mutex};
  shared_->command = &command;
  const std::uint64_t one = 1;
  static_cast<void>(!::write(shared_->wake.get(), &one, sizeof one));
  shared_->answered.wait(lock, [&] { return shared_->command == nullptr; });
  if (shared_->failure) std::rethrow_exception(std::exchange(shared_->failure, nullptr));
}

void Relay::add(WireSlot& slot) {
  run([&](FramePool&) { shared_->slots.push_back(&slot); });
}

void Relay::remove(WireSlot& slot) {
  run([&](FramePool& pool) {
    std::erase(shared_->slots, &slot);
    slot.release(pool);
  });
}

RelayHealth Relay::health() {
  RelayHealth health;
  run([&](FramePool&) { health = shared_->health; });
  return health;
}

std::vector<RelayStall> Relay::take_stalls() {
  std::vector<RelayStall> stalls;
  run([&](FramePool&) { stalls.swap(shared_->stalls); });
  return stalls;
}

}  // namespace wandrill
