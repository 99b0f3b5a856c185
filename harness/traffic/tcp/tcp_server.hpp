// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>

#include "plan/kinds/traffic_plan.hpp"
#include "traffic/context.hpp"
#include "traffic/tcp/tcp_connection.hpp"
#include "traffic/tcp/tcp_pace.hpp"

namespace wandrill {

/// The serving end of a tcp session: answers each request with a reply of its sequence, of the
/// same size or, by its profile, longer. A new connection of its client replaces the one before.
class TcpServer final : private Watcher {
 public:
  /// `context` and `session` must outlive it. Throws std::system_error (address, port).
  TcpServer(const TrafficContext& context, const SessionPlan& session, const NetNs& where);

 private:
  /// The accepted connection with its own watch.
  class Peer final : private Watcher {
   public:
    Peer(TcpServer& server, UniqueFd socket);

   private:
    void ready(std::uint32_t events) override;

    TcpServer& server_;
    TcpConnection connection_;
    Poller::Watch watch_;
  };

  void ready(std::uint32_t events) override;
  void drop_peer() { peer_.reset(); }

  const TrafficContext& context_;
  const SessionPlan& session_;
  TcpPace pace_;
  UniqueFd listener_;
  Poller::Watch watch_;
  std::unique_ptr<Peer> peer_;
};

}  // namespace wandrill
