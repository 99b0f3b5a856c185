// SPDX-License-Identifier: Apache-2.0
#include "base/process_state.hpp"

#include <fstream>
#include <string>

#include <fmt/format.h>

namespace wandrill {

char process_state(pid_t pid) {
  std::ifstream file{fmt::format("/proc/{}/stat", pid)};
  // The program's name stands in brackets and may hold anything, line ends too.
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  const auto name_end = text.rfind(')');
  return name_end == std::string::npos || name_end + 2 >= text.size() ? '\0' : text[name_end + 2];
}

bool is_alive(pid_t pid) {
  const char state = process_state(pid);
  return state != '\0' && state != 'Z' && state != 'X';
}

}  // namespace wandrill
