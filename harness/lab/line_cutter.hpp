// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

namespace wandrill {

/// Cuts what a program writes into lines, which do not depend on the pieces that it comes in. What
/// goes on for longer than `longest` bytes is cut into several lines.
class LineCutter {
 public:
  explicit LineCutter(std::size_t longest) : longest_{longest} {}

  /// Calls `on_line` with each line that ends in `bytes`.
  void feed(std::string_view bytes, const auto& on_line) {
    while (!bytes.empty()) {
      const auto part = bytes.substr(0, std::min(bytes.find('\n'), longest_ - partial_.size()));
      partial_.append(part);
      bytes.remove_prefix(part.size());
      // A full line waits for what comes next: its own end makes no empty one.
      if (bytes.empty()) return;
      if (bytes.front() == '\n') bytes.remove_prefix(1);
      end(on_line);
    }
  }
  /// Nothing more comes: the last line needs no end.
  void finish(const auto& on_line) {
    if (!partial_.empty()) end(on_line);
  }
  /// What follows is another program's.
  void clear() noexcept { partial_.clear(); }

  /// A line that has not ended yet.
  [[nodiscard]] const std::string& partial() const noexcept { return partial_; }

 private:
  void end(const auto& on_line) {
    on_line(partial_);
    partial_.clear();
  }

  std::size_t longest_;
  std::string partial_;
};

}  // namespace wandrill
