// SPDX-License-Identifier: Apache-2.0
#include "lab/reaper.hpp"

#include <fstream>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace wandrill {

void reap_orphans(const std::function<bool(pid_t)>& is_owned) {
  const auto self = std::to_string(::getpid());
  std::ifstream children{"/proc/" + self + "/task/" + self + "/children"};
  for (pid_t child = 0; children >> child;)
    if (!is_owned(child)) ::waitpid(child, nullptr, WNOHANG);
}

}  // namespace wandrill
