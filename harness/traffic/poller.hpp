// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/unique_fd.hpp"

namespace wandrill {

/// Is told when its descriptor is ready.
class Watcher {
 public:
  /// `events`: EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP as epoll reports them. Level-triggered: what
  /// is left unread is reported again.
  virtual void ready(std::uint32_t events) = 0;

 protected:
  ~Watcher() = default;
};

/// Hundreds of sockets behind one descriptor: fd() is readable while any of them is ready, so the
/// event loop is entered once for all of them, and not once for each.
class Poller {
 public:
  Poller();

  /// One descriptor being watched; ends with this handle, which must go before the descriptor does.
  class Watch {
   public:
    Watch() = default;
    Watch(Watch&& other) noexcept
        : poller_{std::exchange(other.poller_, nullptr)}, fd_{other.fd_}, slot_{other.slot_} {}
    Watch& operator=(Watch other) noexcept {
      std::swap(poller_, other.poller_);
      std::swap(fd_, other.fd_);
      std::swap(slot_, other.slot_);
      return *this;
    }
    ~Watch();
    /// Watches for other events from now on.
    void change(std::uint32_t events);

   private:
    friend Poller;
    Watch(Poller& poller, int fd, std::uint32_t slot) noexcept
        : poller_{&poller}, fd_{fd}, slot_{slot} {}

    Poller* poller_ = nullptr;
    int fd_ = -1;
    std::uint32_t slot_ = 0;
  };

  /// `watcher` and this Poller must live as long as the Watch. Throws std::system_error.
  [[nodiscard]] Watch watch(int fd, std::uint32_t events, Watcher& watcher);

  /// Tells the watchers of all that is ready now, without waiting. A watcher may end any watch.
  void dispatch();

  [[nodiscard]] int fd() const noexcept { return epoll_.get(); }

 private:
  struct Slot {
    Watcher* watcher = nullptr;
    std::uint32_t generation = 0;  ///< An event of an ended watch must not reach its successor.
  };
  [[nodiscard]] std::uint64_t key_of(std::uint32_t slot) const noexcept;

  UniqueFd epoll_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace wandrill
