// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "traffic/session.hpp"
#include "traffic/udp/udp_end.hpp"

namespace wandrill {

/// An rtp or probe session. Each has its own pair of sockets.
class UdpSession final : public Session {
 public:
  UdpSession(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find)
      : phase_{plan.phase},
        server_{context, plan, UdpEnd::Role::kServer, find(plan.server.node)},
        client_{context, plan, UdpEnd::Role::kClient, find(plan.client.node)} {}

  void start(Clock::time_point at) override {
    server_.start(at + phase_);
    client_.start(at + phase_);
  }
  void stop() override {
    client_.stop();
    server_.stop();
  }

 private:
  Nanos phase_;
  UdpEnd server_;
  UdpEnd client_;
};

}  // namespace wandrill
