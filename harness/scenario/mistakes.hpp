// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"

namespace wandrill {

/// Collects every mistake of the user's files, so that one run shows them all.
class Mistakes {
 public:
  template <typename... Args>
  void add(const Place& where, fmt::format_string<Args...> message, Args&&... args) {
    add_text(where, fmt::format(message, std::forward<Args>(args)...));
  }
  /// The same mistake at the same place counts once.
  void add_text(const Place& where, std::string message);
  void add_all(const ConfigError& error);

  [[nodiscard]] bool empty() const noexcept { return found_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return found_.size(); }
  /// By file in order of appearance, then by line and column. Throws ConfigError if there are any.
  void throw_if_any() const;

 private:
  std::vector<Mistake> found_;
};

/// Where `there` is, for a mistake that is told at `here`: "line 4" within one file.
std::string seen_from(const Place& here, const Place& there);

}  // namespace wandrill
