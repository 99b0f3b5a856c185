// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "traffic/context.hpp"
#include "traffic/session.hpp"
#include "traffic/udp_port.hpp"

namespace wandrill {

/// UDP packets from the client to the server that policy must stop, sent throughout. The server
/// listens and never answers, so that a stateful filter has no connection to let them pass by. Each
/// that arrives is taken down, and told as a PolicyEvent: at most one a second, with their number.
class ForbiddenSession final : public Session, private Watcher, private Timed {
 public:
  /// Throws std::system_error (address, port).
  ForbiddenSession(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find);
  ~ForbiddenSession() override;

  void start(Clock::time_point at) override;
  void stop() override;

 private:
  void due(Clock::time_point scheduled) override;
  void ready(std::uint32_t events) override;
  void take(const UdpPort::Datagram& datagram, Clock::time_point read);
  void tell(const SocketAddress& source, std::size_t bytes, Clock::time_point at);

  const TrafficContext& context_;
  const SessionPlan& plan_;
  UdpPort server_;
  UdpPort client_;
  Poller::Watch watch_;
  std::vector<std::uint8_t> payload_;
  std::uint64_t next_sequence_ = 0;
  std::uint64_t untold_ = 0;
  Clock::time_point told_at_;
  bool running_ = false;
};

}  // namespace wandrill
