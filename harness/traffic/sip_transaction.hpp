// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "base/clock.hpp"

namespace wandrill {

/// A request of ours over UDP that waits for its final response, and when it is sent again: RFC
/// 3261 17.1, T1 500 ms, doubled each time, for anything but INVITE up to T2 4 s; given up after
/// 64 T1.
class SipTransaction {
 public:
  SipTransaction(std::string method, std::string branch, std::string text, RunTime now);

  [[nodiscard]] const std::string& method() const noexcept { return method_; }
  [[nodiscard]] const std::string& branch() const noexcept { return branch_; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] RunTime started() const noexcept { return started_; }
  /// Whether it is to be sent again now.
  bool is_due(RunTime now);
  [[nodiscard]] bool has_failed(RunTime now) const;
  /// A provisional response came: an INVITE is not sent again (17.1.1.2).
  void proceed() noexcept { proceeds_ = true; }

 private:
  std::string method_;
  std::string branch_;
  std::string text_;
  RunTime started_;
  RunTime next_;
  Nanos wait_;
  bool proceeds_ = false;
};

}  // namespace wandrill
