// SPDX-License-Identifier: Apache-2.0
#include "traffic/poller.hpp"

#include <array>

#include <sys/epoll.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr int kEventsAtOnce = 64;
/// So that timers get their turn in a flood; level triggering brings the rest back.
constexpr int kMaxRounds = 16;

}  // namespace

Poller::Poller() : epoll_{check(::epoll_create1(EPOLL_CLOEXEC), "create an epoll descriptor")} {}

std::uint64_t Poller::key_of(std::uint32_t slot) const noexcept {
  return std::uint64_t{slots_[slot].generation} << 32 | slot;
}

Poller::Watch Poller::watch(int fd, std::uint32_t events, Watcher& watcher) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const auto slot = free_.back();
  epoll_event event{};
  event.events = events;
  event.data.u64 = key_of(slot);
  check(::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event), "watch descriptor {}", fd);
  free_.pop_back();
  slots_[slot].watcher = &watcher;
  return Watch{*this, fd, slot};
}

Poller::Watch::~Watch() {
  if (!poller_) return;
  ::epoll_ctl(poller_->epoll_.get(), EPOLL_CTL_DEL, fd_, nullptr);
  auto& slot = poller_->slots_[slot_];
  slot.watcher = nullptr;
  ++slot.generation;
  poller_->free_.push_back(slot_);
}

void Poller::Watch::change(std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = poller_->key_of(slot_);
  check(::epoll_ctl(poller_->epoll_.get(), EPOLL_CTL_MOD, fd_, &event),
        "watch descriptor {} for other events", fd_);
}

void Poller::dispatch() {
  std::array<epoll_event, kEventsAtOnce> events{};
  for (int round = 0; round < kMaxRounds; ++round) {
    const int count = ::epoll_wait(epoll_.get(), events.data(), kEventsAtOnce, 0);
    for (int i = 0; i < count; ++i) {
      const auto key = events[static_cast<std::size_t>(i)].data.u64;
      const auto slot = static_cast<std::uint32_t>(key);
      if (key_of(slot) != key || !slots_[slot].watcher) continue;
      slots_[slot].watcher->ready(events[static_cast<std::size_t>(i)].events);
    }
    // What was just sent has often arrived by now: look again, it is cheaper than another pass
    // through the event loop.
    if (count <= 0) return;
  }
}

}  // namespace wandrill
