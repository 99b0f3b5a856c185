// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

namespace wandrill {

/// Returns `result`, or throws std::system_error("<what was attempted>: <reason>") with errno if it
/// is negative. For system calls.
template <typename Int, typename... Args>
Int check(Int result, fmt::format_string<Args...> attempt, Args&&... args) {
  if (result >= 0) return result;
  throw std::system_error{errno, std::generic_category(),
                          fmt::format(attempt, std::forward<Args>(args)...)};
}

/// A place in a user's file. Lines and columns count from 1; 0 means "no place known".
struct Place {
  std::string file;
  int line = 0;
  int column = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

/// "file:line:column", or "file" when no line is known.
std::string to_string(const Place& place);

/// One mistake in a user's file.
struct Mistake {
  Place where;
  std::string message;
};

/// The user's files are wrong: every mistake that could be found at once. what() holds one line per
/// mistake, each "file:line:column: message". Exit code 2.
class ConfigError : public std::runtime_error {
 public:
  explicit ConfigError(std::vector<Mistake> mistakes);

  [[nodiscard]] const std::vector<Mistake>& mistakes() const noexcept { return mistakes_; }

 private:
  std::vector<Mistake> mistakes_;
};

/// This machine cannot do what was asked; what() names the attempt, the object and what to do about
/// it. Exit code 3. For failures that are not a plain system call (those throw std::system_error).
class MachineError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace wandrill
