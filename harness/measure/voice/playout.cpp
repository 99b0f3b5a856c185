// SPDX-License-Identifier: Apache-2.0
#include "measure/voice/playout.hpp"

namespace wandrill {
namespace {

/// Decides packet by packet, in order of arrival.
class Buffer {
 public:
  Buffer(Nanos length, Nanos resync) : length_{length}, resync_{resync} {}

  /// A packet with this delay arrived at `at`; whether it plays.
  bool take(Nanos delay, RunInstant at) {
    if (!has_begun_ || at - last_ > resync_) anchor_ = delay;
    has_begun_ = true;
    last_ = at;
    return delay <= anchor_ + length_;
  }

 private:
  Nanos length_;
  Nanos resync_;
  bool has_begun_ = false;
  Nanos anchor_{0};  ///< Delay of the packet that it started with.
  RunInstant last_;
};

}  // namespace

Playout play_out(const FlowPackets& packets, FlowPackets::Range range, const CallPlan& call) {
  Playout result;
  result.heard.assign(packets.size(), Heard::kUnknown);
  for (std::size_t i = range.first; i < range.last; ++i)
    if (packets.is_lost(i)) result.heard[i] = Heard::kLost;
  Buffer buffer{call.playout, call.resync};
  Buffer rigid{call.playout, Nanos::max()};
  packets.visit_arrivals({range}, [&](std::size_t sequence) {
    if (packets.fate(sequence) != PacketOutcome::kArrived) return;
    const Nanos delay = packets.delay(sequence);
    const RunInstant at = packets.arrived(sequence);
    result.heard[sequence] = buffer.take(delay, at) ? Heard::kPlayed : Heard::kDiscarded;
    if (!rigid.take(delay, at)) ++result.discarded_without_resync;
  });
  return result;
}

}  // namespace wandrill
