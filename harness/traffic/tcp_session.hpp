// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "traffic/session.hpp"
#include "traffic/tcp_client.hpp"
#include "traffic/tcp_server.hpp"

namespace wandrill {

/// A tcp session, see TcpClient.
class TcpSession final : public Session {
 public:
  TcpSession(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find)
      : phase_{plan.phase},
        server_{context, plan, find(plan.server.node)},
        client_{context, plan, find(plan.client.node)} {}

  void start(Clock::time_point at) override { client_.start(at + phase_); }
  void stop() override { client_.stop(); }

 private:
  Nanos phase_;
  TcpServer server_;
  TcpClient client_;
};

}  // namespace wandrill
