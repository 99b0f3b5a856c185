// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "lab/programs.hpp"

namespace wandrill {

struct ProgramEnd {
  int status = 0;      ///< Exit status; -1: it was killed by a signal.
  std::string output;  ///< Standard output and error; at most 64 KiB.
};

/// Runs a program to its end, for at most `limit`; nothing when it took longer (it is killed).
/// Throws std::system_error when it cannot be started.
std::optional<ProgramEnd> run_program(const std::vector<std::string>& command,
                                      std::chrono::milliseconds limit);

/// The first thing in `text` that looks like a version ("2.2.7", "8.4.4"); empty: there is none.
std::string version_in(const std::string& text);

}  // namespace wandrill
