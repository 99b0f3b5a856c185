// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plan/kinds/traffic_plan.hpp"
#include "traffic/context.hpp"
#include "traffic/wan_listener.hpp"

namespace wandrill {

/// Takes down the SIP messages of a phone.
class SignallingListener final : public WanListener {
 public:
  /// `context` and `session` must outlive it.
  SignallingListener(const TrafficContext& context, const SessionPlan& session)
      : context_{context}, session_{session} {}

  [[nodiscard]] Filter filter() const override;
  bool take(const WanPassing& passing, const IpPacket& packet) override;
  [[nodiscard]] bool is_own(Direction, const IpPacket&) const override { return true; }

 private:
  const TrafficContext& context_;
  const SessionPlan& session_;
};

}  // namespace wandrill
