// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/random.hpp"
#include "plan/kinds/traffic_plan.hpp"

namespace wandrill {

/// When a tcp session asks, and how long its replies are. Pure: the same seed, the same pace.
class TcpPace {
 public:
  explicit TcpPace(const SessionPlan& session);

  /// From one request to the next.
  Nanos next_gap();
  /// How many messages the reply to a request is long: mostly few, now and then many, as what a
  /// remote screen shows.
  [[nodiscard]] std::uint32_t reply_length(std::uint64_t sequence) const;

 private:
  Nanos interval_;
  TcpPlan plan_;
  Random random_;
};

}  // namespace wandrill
