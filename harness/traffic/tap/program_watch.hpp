// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "protocol/ip_packet.hpp"
#include "protocol/rtp_stream.hpp"
#include "traffic/context.hpp"

namespace wandrill {

/// Measures the RTP of programs that are not ours, by what leaves and reaches the two hosts that
/// they run on.
class ProgramWatch {
 public:
  /// `context` and `plan` must outlive it.
  ProgramWatch(const TrafficContext& context, const TrafficPlan& plan);

  enum class End : std::uint8_t { kClient, kServer };
  /// A packet at a host of session number `session`, when it left or reached it.
  struct Passing {
    std::size_t session = 0;
    End end = End::kClient;
    bool outgoing = false;
    Clock::time_point stamp;
    Clock::time_point read;
  };
  void take(const Passing& passing, const IpPacket& packet);
  /// The packet's flow and number if it is RTP of one of the sessions, on its way up or down.
  struct Known {
    FlowId flow = 0;
    std::uint64_t number = 0;
  };
  [[nodiscard]] std::optional<Known> recognise(Direction direction, const IpPacket& packet) const;

 private:
  struct Arrival {
    RtpHead head;
    Clock::time_point stamp;
    Clock::time_point read;
  };
  struct Way {
    RtpNumbers numbers;
    /// Each host's packets are read when its turn comes: one may be seen to arrive before it is
    /// seen to leave.
    std::deque<Arrival> early;
  };
  void arrive(Way& way, FlowId flow, Clock::time_point now);

  const TrafficContext& context_;
  const TrafficPlan& plan_;
  std::vector<Way> ways_;  ///< By flow.
  bool any_ = false;
};

}  // namespace wandrill
