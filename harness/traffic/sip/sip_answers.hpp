// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <string>

#include "base/clock.hpp"
#include "protocol/sip_message.hpp"

namespace wandrill {

/// What an end answered lately, for requests that come again: the server transactions of RFC 3261
/// 17.2, which over UDP are remembered for 64 T1.
class SipAnswers {
 public:
  /// What was answered to this very request before; nothing for a new one.
  const std::string* find(const SipMessage& request, RunInstant now);
  void keep(const SipMessage& request, std::string answer, RunInstant now);

 private:
  struct Kept {
    std::string branch;
    std::string method;
    std::string answer;
    RunInstant until;
  };
  std::deque<Kept> kept_;  ///< In the order of `until`.
};

}  // namespace wandrill
