// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/patience.hpp"
#include "base/pattern.hpp"
#include "lab/line_cutter.hpp"
#include "net/child.hpp"

namespace wandrill {

/// A program of the lab: what it writes, line by line, and whether it has said that it is ready.
class LabProgram {
 public:
  using OnLine = std::function<void(const std::string& line)>;

  /// `title` begins its error messages: "the router's daemon". `ready_pattern` (RE2) is
  /// looked for in each line, also in the unfinished last one while that is short; empty: it is
  /// ready at once. Throws PatternError.
  LabProgram(std::string title, const std::string& ready_pattern, Child child, OnLine on_line);

  [[nodiscard]] Child& child() noexcept { return child_; }
  [[nodiscard]] const Child& child() const noexcept { return child_; }
  [[nodiscard]] bool is_ready() const noexcept { return ready_; }

  /// Takes what it has written since, of a flood a part; never blocks. Whether there was any.
  /// Throws MachineError once it has written more than any log is good for.
  bool take_output();
  /// Throws MachineError with its last lines when it ends before it is ready, or is not before
  /// patience is over. `notify` is told when it was ready only because that was stretched.
  boost::asio::awaitable<void> wait_until_ready(Patience& patience, Notify notify);
  /// Takes its output until it has ended, or another process has taken its place. What it has
  /// started may hold the output open for longer than it lives itself.
  boost::asio::awaitable<void> read_until_end();
  /// Throws MachineError: `what` and its last lines.
  [[noreturn]] void fail(const std::string& what) const;
  /// Another process takes its place.
  void begin_again(Child child);
  /// Counts its processes.
  [[nodiscard]] int life() const noexcept { return life_; }

 private:
  void take_line(const std::string& line);
  void look_for_readiness(const std::string& text);

  std::string title_;
  std::optional<Pattern> ready_pattern_;  ///< Nothing: it is ready at once.
  Child child_;
  OnLine on_line_;
  bool ready_ = false;
  int life_ = 1;
  std::uint64_t written_ = 0;  ///< Bytes, by all its lives.
  LineCutter cutter_;
  std::deque<std::string> tail_;  ///< Its last lines.
};

/// "was killed by signal 9", "ended with exit status 1": of a status of waitpid(2).
std::string end_text(int status);

}  // namespace wandrill
