// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "plan/kinds/traffic_plan.hpp"
#include "protocol/openvpn_handshakes.hpp"
#include "protocol/tunnel_message.hpp"
#include "traffic/context.hpp"
#include "traffic/wan_listener.hpp"

namespace wandrill {

/// Takes down the outer packets of a tunnel, numbered as they pass, and its handshakes.
class TunnelListener final : public WanListener {
 public:
  /// `context` and `session` must outlive it.
  TunnelListener(const TrafficContext& context, const SessionPlan& session)
      : context_{context}, session_{session} {}

  [[nodiscard]] Filter filter() const override;
  bool take(const WanPassing& passing, const IpPacket& packet) override;
  [[nodiscard]] bool is_own(Direction, const IpPacket&) const override { return true; }

 private:
  [[nodiscard]] TunnelMessage read(const IpPacket& packet);

  const TrafficContext& context_;
  const SessionPlan& session_;
  std::uint64_t up_ = 0;  ///< Packets so far.
  std::uint64_t down_ = 0;
  OpenvpnHandshakes openvpn_;
};

}  // namespace wandrill
