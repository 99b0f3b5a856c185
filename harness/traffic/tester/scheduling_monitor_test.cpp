// SPDX-License-Identifier: Apache-2.0
#include "traffic/tester/scheduling_monitor.hpp"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/pipe.hpp"
#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

/// Watches until a stall of 40 ms has been told, at most 10 s; whether it came.
bool sees_a_stall(const UniqueFd& ready) {
  SchedulingMonitor watch;
  std::this_thread::sleep_for(20ms);
  const char byte = 1;
  if (::write(ready.get(), &byte, 1) != 1) return false;
  for (int tries = 0; tries < 1000; ++tries) {
    for (const auto& stall : watch.take_stalls())
      if (stall.until - stall.at >= 40ms) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

}  // namespace

TEST_CASE("A machine that does not let us run is noticed", "[scheduling_monitor]") {
  Pipe ready;
  const pid_t child = check(::fork(), "fork");
  if (child == 0) ::_exit(sees_a_stall(ready.writer) ? 0 : 1);
  char byte = 0;
  REQUIRE(::read(ready.reader.get(), &byte, 1) == 1);
  ::kill(child, SIGSTOP);
  std::this_thread::sleep_for(60ms);
  ::kill(child, SIGCONT);
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}
