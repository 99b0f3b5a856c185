// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_answers.hpp"

#include <algorithm>

#include "traffic/sip/sip_transaction.hpp"

namespace wandrill {

const std::string* SipAnswers::find(const SipMessage& request, RunInstant now) {
  while (!kept_.empty() && kept_.front().until <= now)
    kept_.pop_front();
  // RFC 3261 17.2.3: the branch tells transactions apart; an ACK or CANCEL shares the INVITE's.
  const auto known = std::ranges::find_if(kept_, [&](const Kept& one) {
    return one.branch == request.branch && one.method == request.method;
  });
  return known == kept_.end() ? nullptr : &known->answer;
}

void SipAnswers::keep(const SipMessage& request, std::string answer, RunInstant now) {
  kept_.push_back({request.branch, request.method, std::move(answer), now + kSipPatience});
}

}  // namespace wandrill
