// SPDX-License-Identifier: Apache-2.0
#include "run/context.hpp"

#include <ctime>

#include <fmt/chrono.h>

namespace wandrill {

std::string wall_clock_text() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

void RunContext::note(const char* act, const std::string& fault, const std::string& what) const {
  journal.write({.at = now(), .wall = wall_clock_text(), .act = act, .fault = fault, .what = what});
}

}  // namespace wandrill
