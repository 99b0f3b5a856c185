// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_transaction.hpp"

#include <algorithm>

namespace wandrill {

SipTransaction::SipTransaction(std::string method, std::string branch, std::string text,
                               RunInstant now, bool reliable)
    : method_{std::move(method)},
      branch_{std::move(branch)},
      text_{std::move(text)},
      started_{now},
      next_{now + kSipT1},
      wait_{kSipT1},
      is_reliable_{reliable} {}

bool SipTransaction::is_due(RunInstant now) {
  const bool is_invite = method_ == "INVITE";
  if (is_reliable_ || now < next_ || (is_invite && proceeds_)) return false;
  wait_ = is_invite ? wait_ * 2 : std::min<Nanos>(wait_ * 2, kSipT2);
  next_ += wait_;
  return true;
}

bool SipTransaction::has_failed(RunInstant now) const {
  return now - started_ >= kSipPatience;
}

void SipTransaction::proceed(RunInstant now) {
  proceeds_ = true;
  wait_ = kSipT2;
  next_ = now + kSipT2;
}

}  // namespace wandrill
