// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <csignal>

namespace wandrill {

/// No signal reaches the calling thread, nor any that it starts, while this lives: signals are for
/// the thread that runs the cell. pthread_sigmask(3).
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace wandrill
