// SPDX-License-Identifier: Apache-2.0
#include "traffic/tester/realtime.hpp"

#include <sched.h>
#include <sys/prctl.h>

#include "net/priority.hpp"

namespace wandrill {

bool request_realtime() {
  ::prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  sched_param priority{};
  priority.sched_priority = kGeneratorRealtime;
  // A router's processes must run as they would without us.
  return ::sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &priority) == 0;
}

}  // namespace wandrill
