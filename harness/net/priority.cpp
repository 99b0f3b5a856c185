// SPDX-License-Identifier: Apache-2.0
#include "net/priority.hpp"

#include <cerrno>

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"

namespace wandrill {

bool take_tester_priority() noexcept {
  // Not SCHED_RESET_ON_FORK: wireguard-go does its work in threads of its own. There is no
  // RLIMIT_RTTIME: a program that computes for long is none that must die. The kernel keeps a
  // twentieth of each processor for ordinary processes, and the machine watch is one of them.
  sched_param priority{};
  priority.sched_priority = kProgramRealtime;
  return ::sched_setscheduler(0, SCHED_FIFO, &priority) == 0;
}

bool tester_priority_is_permitted() {
  const pid_t child = check(::fork(), "try the priority of the tester's programs");
  if (child == 0) ::_exit(take_tester_priority() ? 0 : 1);
  int status = 0;
  pid_t reaped = -1;
  do {
    reaped = ::waitpid(child, &status, 0);
  } while (reaped < 0 && errno == EINTR);
  return reaped == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace wandrill
