// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/files.hpp"
#include "base/testing/catch.hpp"

namespace wandrill::testing {

/// Compares `actual` with the file `expected`, given from the source folder
/// ("reports/golden/pass.md"), and shows the first line that differs. With WANDRILL_APPROVE=1 in
/// the environment the file is rewritten instead. What differs from run to run must have been
/// normalised before.
inline void check_golden(const std::string& expected, const std::string& actual) {
  const auto path = std::filesystem::path{WANDRILL_SOURCE_DIR} / expected;
  if (const char* approve = std::getenv("WANDRILL_APPROVE"); approve && approve[0] == '1') {
    std::filesystem::create_directories(path.parent_path());
    write_file(path, actual);
    return;
  }
  const auto wanted = std::filesystem::exists(path) ? read_file(path) : std::string{};
  std::size_t line_start = 0;
  int line = 1;
  for (std::size_t i = 0; i < std::min(wanted.size(), actual.size()) && wanted[i] == actual[i]; ++i)
    if (wanted[i] == '\n') {
      line_start = i + 1;
      ++line;
    }
  const auto line_of = [line_start](const std::string& text) {
    if (line_start >= text.size()) return std::string{"(end of file)"};
    return text.substr(line_start, text.find('\n', line_start) - line_start);
  };
  INFO(expected << ":" << line << "\n  expected: " << line_of(wanted) << "\n  actual:   "
                << line_of(actual) << "\nci/approve (WANDRILL_APPROVE=1) accepts what is new");
  CHECK((wanted == actual));
}

}  // namespace wandrill::testing
