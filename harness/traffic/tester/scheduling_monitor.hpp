// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <mutex>
#include <thread>
#include <vector>

#include "traffic/tester/stall_detector.hpp"

namespace wandrill {

/// Finds out when this machine kept an ordinary process waiting, as the router's are: a thread at
/// ordinary priority that wakes every 5 ms. Our own loop runs ahead of all others where that is
/// permitted, and would not notice. Throws std::system_error when there can be no more threads.
class SchedulingMonitor {
 public:
  SchedulingMonitor();

  /// The stalls that ended since the last call, in order.
  [[nodiscard]] std::vector<Stall> take_stalls();

 private:
  void watch(const std::stop_token& stop);

  std::mutex mutex_;
  std::vector<Stall> stalls_;
  std::jthread thread_;  ///< Last: it works with what is above.
};

}  // namespace wandrill
