// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.hpp"

#include <sys/signalfd.h>

#include "base/error.hpp"

namespace wandrill {

StopSignals::StopSignals() {
  sigset_t stops;
  ::sigemptyset(&stops);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    ::sigaddset(&stops, signal);
  check(::sigprocmask(SIG_BLOCK, &stops, &before_), "hold back SIGINT");
  fd_ = UniqueFd{check(::signalfd(-1, &stops, SFD_CLOEXEC | SFD_NONBLOCK), "watch for SIGINT")};
}

StopSignals::~StopSignals() {
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

void StopSignals::take() const {
  signalfd_siginfo taken{};
  (void)::read(fd_.get(), &taken, sizeof taken);
}

}  // namespace wandrill
