// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "traffic/http_client.hpp"
#include "traffic/http_server.hpp"
#include "traffic/session.hpp"

namespace wandrill {

/// A series of HTTP requests, see HttpClient.
class HttpSession final : public Session {
 public:
  HttpSession(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find)
      : phase_{plan.phase},
        server_{context, plan, find(plan.server.node)},
        client_{context, plan, find(plan.client.node)} {}

  void start(Clock::time_point at) override { client_.start(at + phase_); }
  void stop() override { client_.stop(); }

 private:
  Nanos phase_;
  HttpServer server_;
  HttpClient client_;
};

}  // namespace wandrill
