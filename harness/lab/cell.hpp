// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include <sys/types.h>

#include "lab/cell_setup.hpp"
#include "lab/channel.hpp"

namespace wandrill {

/// A child process in namespaces of its own (user unless root, mount, PID, network, UTS, IPC), PID
/// 1 of its PID namespace, with private tmpfs on /run and /tmp. It dies with its parent, at any
/// instant and by any signal, and everything it made dies with it: user_namespaces(7),
/// pid_namespaces(7), PR_SET_PDEATHSIG in prctl(2).
///
/// Between the two stands a keeper process: pid namespaces need a fork, and a parent-death signal
/// needs a parent that stays.
class Cell {
 public:
  /// Runs in the cell; its result is the cell's exit status. An exception that leaves it is sent to
  /// the parent as {"type": "error", "message": …} and becomes exit status 3.
  using Body = std::function<int(Channel&)>;

  /// Throws std::system_error when no process can be made; what goes wrong later comes as a
  /// message.
  Cell(const CellPlaces& places, const Body& body);
  Cell(Cell&& other) noexcept;
  Cell& operator=(Cell&& other) noexcept;
  Cell(const Cell&) = delete;
  Cell& operator=(const Cell&) = delete;
  /// Kills the cell if it still lives.
  ~Cell();

  [[nodiscard]] const Channel& channel() const noexcept { return channel_; }
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  /// Waits for its end; the status is that of waitpid(2). Only once.
  int wait();

 private:
  Channel channel_;
  pid_t pid_ = -1;
};

}  // namespace wandrill
