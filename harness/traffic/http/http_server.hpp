// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <list>

#include "plan/kinds/traffic_plan.hpp"
#include "traffic/context.hpp"

namespace wandrill {

/// The web server of an http session: answers each request with 200 and a body of the session's
/// payload, over as many connections as come; whoever does not speak HTTP is told so (400).
class HttpServer final : private Watcher {
 public:
  /// `context` and `session` must outlive it. Throws std::system_error (address, port).
  HttpServer(const TrafficContext& context, const SessionPlan& session, const NetNs& where);
  ~HttpServer();

 private:
  class Connection;

  void ready(std::uint32_t events) override;

  const TrafficContext& context_;
  const SessionPlan& session_;
  UniqueFd listener_;
  Poller::Watch watch_;
  std::list<Connection> connections_;
};

}  // namespace wandrill
