// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <signal.h>

#include "base/unique_fd.hpp"

namespace wandrill {

/// SIGINT, SIGTERM and SIGHUP as something to poll, for as long as this lives: signalfd(2).
class StopSignals {
 public:
  StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  ~StopSignals();

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }
  /// Takes one signal off; call when fd() is readable.
  void take() const;

 private:
  sigset_t before_{};
  UniqueFd fd_;
};

}  // namespace wandrill
