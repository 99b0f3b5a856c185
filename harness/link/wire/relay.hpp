// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "link/counters.hpp"

namespace wandrill {

class FramePool;
class WireSlot;

/// The thread that forwards the frames of every slot of a run. It sleeps until a frame arrives or
/// is due, an absolute instant; under SCHED_FIFO where that is permitted. Throws std::system_error.
class Relay {
 public:
  Relay();
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  /// Runs `command` on the relay's thread, between two rounds of forwarding, and returns when it
  /// has: typically after less than 200 µs. Rethrows what it throws. For any one thread.
  void run(const std::function<void(FramePool&)>& command);
  /// Begins and ends to forward a slot, which must live from one to the other.
  void add(WireSlot& slot);
  void remove(WireSlot& slot);

  [[nodiscard]] RelayHealth health();
  /// The stalls since the last call: the harness's own error.
  [[nodiscard]] std::vector<RelayStall> take_stalls();

 private:
  struct Shared;

  std::unique_ptr<Shared> shared_;
};

}  // namespace wandrill
