// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "protocol/packet_header.hpp"
#include "traffic/context.hpp"
#include "traffic/udp/latch.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {

/// One end of an rtp or probe session: sends one of its flows on schedule, receives the other.
class UdpEnd final : private Watcher, private Timed {
 public:
  enum class Role : std::uint8_t { kClient, kServer };

  /// `context` and `session` must outlive it. Throws std::system_error (address, port).
  UdpEnd(const TrafficContext& context, const SessionPlan& session, Role role, const NetNs& where);
  UdpEnd(const UdpEnd&) = delete;
  UdpEnd& operator=(const UdpEnd&) = delete;
  ~UdpEnd();

  /// A client sends from `first` on, each interval. A server keeps the same schedule, but enters it
  /// when its client's first packet has told it where to send: until then nothing is scheduled.
  void start(Clock::time_point first);
  /// Sends no more; what arrives is still taken down.
  void stop();

 private:
  void ready(std::uint32_t events) override;
  void due(Clock::time_point scheduled) override;
  void take(const UdpPort::Datagram& datagram, Clock::time_point read);
  void follow(const SocketAddress& source, std::uint64_t sequence);

  const TrafficContext& context_;
  const SessionPlan& session_;
  Role role_;
  FlowId sends_;
  FlowId receives_;
  UdpPort port_;
  Poller::Watch watch_;
  Latch latch_;  ///< A client is latched to its server for good.
  Clock::time_point first_;
  bool running_ = false;
  std::uint64_t next_sequence_ = 0;
  RtpFormat format_;
  std::vector<std::uint8_t> payload_;
};

/// The first instant of the schedule `first`, `first + interval`, … that is not before `now`.
Clock::time_point next_on_schedule(Clock::time_point first, Nanos interval, Clock::time_point now);

}  // namespace wandrill
