// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <optional>

#include "plan/kinds/traffic_plan.hpp"
#include "protocol/rtp_stream.hpp"
#include "traffic/context.hpp"
#include "traffic/host_listener.hpp"
#include "traffic/wan_listener.hpp"

namespace wandrill {

/// Measures the RTP of programs that are not ours, by what leaves and reaches the two hosts that
/// they run on.
class ProgramStreams final : public HostListener {
 public:
  /// `context` and `session` must outlive it.
  ProgramStreams(const TrafficContext& context, const SessionPlan& session)
      : context_{context}, session_{session} {}

  void take(const Passing& passing, const IpPacket& packet) override;
  /// The number of a packet on its way up or down, if it is RTP that left its host.
  [[nodiscard]] std::optional<std::uint64_t> number_of(Direction direction,
                                                       const IpPacket& packet) const;

 private:
  struct Arrival {
    RtpHead head;
    Clock::time_point stamp;
    Clock::time_point read;
  };
  struct Way {
    FlowId flow;
    RtpNumbers numbers;
    /// Each host's packets are read when its turn comes: one may be seen to arrive before it is
    /// seen to leave.
    std::deque<Arrival> early;
  };
  void arrive(Way& way, Clock::time_point now);

  const TrafficContext& context_;
  const SessionPlan& session_;
  Way up_{.flow = session_.up};
  Way down_{.flow = session_.down};
};

/// Takes down where that RTP passes.
class ProgramListener final : public WanListener {
 public:
  /// What it is given must outlive it.
  ProgramListener(const TrafficContext& context, const SessionPlan& session,
                  const ProgramStreams& streams)
      : context_{context}, session_{session}, streams_{streams} {}

  [[nodiscard]] Filter filter() const override;
  bool take(const WanPassing& passing, const IpPacket& packet) override;
  [[nodiscard]] bool is_own(Direction direction, const IpPacket& packet) const override;

 private:
  const TrafficContext& context_;
  const SessionPlan& session_;
  const ProgramStreams& streams_;
};

}  // namespace wandrill
