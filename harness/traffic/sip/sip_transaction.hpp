// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "base/clock.hpp"

namespace wandrill {

/// RFC 3261 17.1.1.1: the estimate of the round-trip time, the longest time between repetitions of
/// anything but an INVITE, and when everything is given up.
inline constexpr Nanos kSipT1 = std::chrono::milliseconds{500};
inline constexpr Nanos kSipT2 = std::chrono::seconds{4};
inline constexpr Nanos kSipPatience = 64 * kSipT1;

/// A message of ours that waits for what confirms it, and when it is sent again: a request
/// for its final response (RFC 3261 17.1), or a 2xx to an INVITE for its ACK (13.3.1.4). First
/// after T1, doubled each time, for anything but INVITE up to T2; given up after 64 T1.
/// Over a reliable carrier requests are not repeated, a 2xx is all the same.
class SipTransaction {
 public:
  SipTransaction(std::string method, std::string branch, std::string text, RunInstant now,
                 bool reliable = false);

  [[nodiscard]] const std::string& method() const noexcept { return method_; }
  [[nodiscard]] const std::string& branch() const noexcept { return branch_; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] RunInstant started() const noexcept { return started_; }
  /// Whether it is to be sent again now.
  bool is_due(RunInstant now);
  [[nodiscard]] bool has_failed(RunInstant now) const;
  /// A provisional response came: an INVITE is not sent again (17.1.1.2), anything else only every
  /// T2 (17.1.2.2).
  void proceed(RunInstant now);

 private:
  std::string method_;
  std::string branch_;
  std::string text_;
  RunInstant started_;
  RunInstant next_;
  Nanos wait_;
  bool is_reliable_;
  bool proceeds_ = false;
};

}  // namespace wandrill
