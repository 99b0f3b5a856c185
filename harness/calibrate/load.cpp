// SPDX-License-Identifier: Apache-2.0
#include "calibrate/load.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

[[noreturn]] void never_rest(pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(0);
  for (std::atomic<unsigned> turns{0};;)
    turns.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

Load::Load() {
  const unsigned cpus = std::max(1U, std::thread::hardware_concurrency());
  const pid_t parent = ::getpid();
  for (unsigned number = 0; number < cpus; ++number) {
    const pid_t child = ::fork();
    if (child == 0) never_rest(parent);
    if (child < 0) {
      const int reason = errno;
      end();
      errno = reason;
      check(-1, "start a process that keeps a CPU busy");
    }
    busy_.push_back(child);
  }
}

Load::~Load() {
  end();
}

void Load::end() noexcept {
  for (const pid_t child : busy_)
    ::kill(child, SIGKILL);
  for (const pid_t child : busy_)
    ::waitpid(child, nullptr, 0);
  busy_.clear();
}

}  // namespace wandrill
