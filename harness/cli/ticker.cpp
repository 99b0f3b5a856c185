// SPDX-License-Identifier: Apache-2.0
#include "cli/ticker.hpp"

#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "base/printable.hpp"

namespace wandrill {

Ticker::Ticker() : is_terminal_{::isatty(STDERR_FILENO) != 0} {}

Ticker::~Ticker() {
  if (is_terminal_) std::fputs("\r\x1b[K", stderr);
}

void Ticker::say(const std::string& text) const {
  if (!is_terminal_) return;
  fmt::print(stderr, "\r\x1b[K{} …", printable_line(text));
  std::fflush(stderr);
}

}  // namespace wandrill
