// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "traffic/session.hpp"

namespace wandrill {

/// A session of two programs of ours: a server, and a client that speaks first.
template <typename Client, typename Server>
class PairedSession final : public Session {
 public:
  PairedSession(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find)
      : phase_{plan.phase},
        server_{context, plan, find(plan.server.node)},
        client_{context, plan, find(plan.client.node)} {}

  void start(Clock::time_point at) override { client_.start(at + phase_); }
  void stop() override { client_.stop(); }

 private:
  Nanos phase_;
  Server server_;
  Client client_;
};

}  // namespace wandrill
