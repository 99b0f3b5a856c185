// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>

#include <fcntl.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/unique_fd.hpp"

namespace wandrill {

/// pipe(2), closed on exec. Throws std::system_error when the process has no descriptors left.
struct Pipe {
  UniqueFd reader;
  UniqueFd writer;

  Pipe() {
    std::array<int, 2> ends{};
    check(::pipe2(ends.data(), O_CLOEXEC), "create a pipe");
    reader = UniqueFd{ends[0]};
    writer = UniqueFd{ends[1]};
  }
};

}  // namespace wandrill
