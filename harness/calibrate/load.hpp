// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include <sys/types.h>

namespace wandrill {

/// Keeps every CPU busy, at ordinary priority, for as long as this lives: a process on each that
/// never rests, and dies with its parent.
class Load {
 public:
  /// Throws std::system_error.
  Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load();

  [[nodiscard]] std::size_t size() const noexcept { return busy_.size(); }

 private:
  void end() noexcept;

  std::vector<pid_t> busy_;
};

}  // namespace wandrill
