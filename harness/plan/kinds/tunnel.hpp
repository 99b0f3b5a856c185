// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "plan/maybe_const.hpp"

namespace wandrill {

/// What only a tunnel has. Its outer ends are the session's; these are the addresses within.
struct TunnelPlan {
  static constexpr const char* kKey = "tunnel";  ///< In a stored plan.
  IpPrefix client4;
  IpPrefix client6;
  IpPrefix server4;
  IpPrefix server6;
  /// How often an end that has nothing to say is heard of: WireGuard's persistent keepalive, of the
  /// client only; OpenVPN's ping, of both.
  Nanos keepalive{0};
  Nanos restart_after{0};  ///< OpenVPN's ping-restart: it begins anew after this long a silence.
  bool over_tcp = false;   ///< Else over UDP.
};

void visit_fields(auto&& visit, MaybeConst<TunnelPlan> auto& value) {
  visit("client4", value.client4);
  visit("client6", value.client6);
  visit("server4", value.server4);
  visit("server6", value.server6);
  visit("keepalive_ns", value.keepalive);
  visit("restart_after_ns", value.restart_after);
  visit("over_tcp", value.over_tcp);
}

}  // namespace wandrill
