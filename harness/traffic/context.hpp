// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "traffic/flow_recorder.hpp"
#include "traffic/poller.hpp"
#include "traffic/tester/realtime_offset.hpp"
#include "traffic/timers.hpp"

namespace wandrill {

class NetNs;

/// Finds the namespace of a node by its name. Throws for a name that is not there.
using FindNetNs = std::function<const NetNs&(const std::string& node)>;

/// What all generators, echoes and taps of a cell share.
struct TrafficContext {
  FlowRecorder& flows;
  Poller& poller;
  Timers& timers;
  const RealtimeOffset& realtime;
  std::uint64_t nonce;  ///< Of this run, in every packet.

  /// The instant of a kernel receive stamp; `read` when there is none.
  [[nodiscard]] Clock::time_point instant(const timespec& stamp, Clock::time_point read) const {
    if (stamp.tv_sec == 0) return read;
    // A clock step between stamp and measurement must not put the arrival into the future.
    return std::min(realtime.monotonic(stamp), read);
  }
  /// Writes a TesterEvent: `count` packets were lost by a receive queue of ours.
  void note_overflow(const std::string& subject, std::uint64_t count) const;
};

}  // namespace wandrill
