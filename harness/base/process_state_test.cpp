// SPDX-License-Identifier: Apache-2.0
#include "base/process_state.hpp"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("A process that ended is dead before anybody has waited for it", "[process_state]") {
  CHECK(is_alive(::getpid()));
  const pid_t child = ::fork();
  if (child == 0)
    for (;;)
      ::pause();
  CHECK(is_alive(child));
  ::kill(child, SIGKILL);
  siginfo_t info{};
  REQUIRE(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == 0);
  CHECK(process_state(child) == 'Z');
  CHECK_FALSE(is_alive(child));
  REQUIRE(::waitpid(child, nullptr, 0) == child);
  CHECK(process_state(child) == '\0');
  CHECK_FALSE(is_alive(child));
}
