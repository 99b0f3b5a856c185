// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/json.hpp"
#include "base/unique_fd.hpp"

namespace wandrill {

/// One end of the line between the cell and its parent: whole JSON messages, in order, over a
/// SOCK_SEQPACKET socket pair. Either end sees the death of the other as the end of the line.
class Channel {
 public:
  /// No line at all.
  Channel() = default;

  struct Pair;
  static Pair create();

  /// Drops the message when the other end is gone or its queue is full for long: progress is not
  /// worth stopping a run for.
  void send(const Json& message) const;

  struct Received {
    Json message;  ///< null: nothing is there yet; discarded: no JSON, or too much of it.
    bool closed = false;
  };
  /// Never blocks.
  [[nodiscard]] Received receive() const;

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }

 private:
  explicit Channel(UniqueFd fd) noexcept : fd_{std::move(fd)} {}
  UniqueFd fd_;
};

struct Channel::Pair {
  Channel parent;
  Channel cell;
};

}  // namespace wandrill
