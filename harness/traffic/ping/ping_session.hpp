// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "traffic/context.hpp"
#include "traffic/policy/raw_port.hpp"
#include "traffic/session.hpp"

namespace wandrill {

/// ICMP echo requests on a schedule (RFC 792, RFC 4443 4), which the kernel of whoever has the
/// address answers, as ping(8) makes them: one identifier, and a sequence number that wraps. Only
/// the flow of replies is measured: a request without one may have been lost either way.
class PingSession final : public Session, private Timed, private Watcher {
 public:
  /// Throws std::system_error (address).
  PingSession(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find);
  ~PingSession() override;

  void start(Clock::time_point at) override;
  void stop() override;

 private:
  void due(Clock::time_point scheduled) override;
  void ready(std::uint32_t events) override;
  void take(const RawPort::Packet& packet, Clock::time_point read);

  const TrafficContext& context_;
  const SessionPlan& plan_;
  RawPort port_;
  Poller::Watch watch_;
  std::vector<std::uint8_t> payload_;  ///< Our header, and zeros behind it.
  std::uint64_t next_sequence_ = 0;
  bool running_ = false;
};

}  // namespace wandrill
