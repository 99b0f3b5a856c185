// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/clock.hpp"
#include "plan/maybe_const.hpp"

namespace wandrill {

/// What a tcp session is used like. The default: a request each interval, a reply of its size.
struct TcpPlan {
  static constexpr const char* kKey = "tcp";  ///< In a stored plan.
  std::uint64_t seed = 0;                     ///< Of what is irregular.
  /// Each interval is up to this share of it shorter or longer; 0: all are alike.
  double irregularity = 0.0;
  std::uint32_t longest_reply = 1;  ///< A reply is 1 to so many messages long.
  bool is_idle = false;             ///< Used once more when the traffic ends.
  /// TCP keepalives (tcp(7)): after so long without data, then each so long, so many in vain until
  /// the connection is lost. 0: none.
  Nanos keepalive_after{0};
  Nanos keepalive_every{0};
  std::uint32_t keepalive_count = 0;
};

void visit_fields(auto&& visit, MaybeConst<TcpPlan> auto& value) {
  visit("seed", value.seed);
  visit("irregularity", value.irregularity);
  visit("longest_reply", value.longest_reply);
  visit("is_idle", value.is_idle);
  visit("keepalive_after_ns", value.keepalive_after);
  visit("keepalive_every_ns", value.keepalive_every);
  visit("keepalive_count", value.keepalive_count);
}

}  // namespace wandrill
