// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <fmt/ranges.h>

#include "base/printable.hpp"

namespace wandrill {
namespace {

std::string text_of(const std::vector<Mistake>& mistakes) {
  std::vector<std::string> lines;
  lines.reserve(mistakes.size());
  for (const auto& mistake : mistakes)
    lines.push_back(printable_line(to_string(mistake.where)) + ": " + printable(mistake.message));
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace

std::string to_string(const Place& place) {
  if (place.line == 0) return place.file;
  return fmt::format("{}:{}:{}", place.file, place.line, place.column);
}

ConfigError::ConfigError(std::vector<Mistake> mistakes)
    : std::runtime_error{text_of(mistakes)}, mistakes_{std::move(mistakes)} {}

}  // namespace wandrill
