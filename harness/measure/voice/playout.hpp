// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "measure/index/flow_packets.hpp"
#include "plan/kinds/call.hpp"

namespace wandrill {

/// What the listener got of a packet.
enum class Heard : std::uint8_t {
  kPlayed,
  kLost,
  kDiscarded,  ///< It came too late for the playout buffer.
  kUnknown     ///< Never sent, or its fate is not known: it counts for nothing.
};

/// A flow of voice behind a playout buffer of fixed length: a packet plays if it came no later,
/// against the one that the buffer started with, than the buffer is long.
struct Playout {
  std::vector<Heard> heard;  ///< By sequence; the buffer starts afresh after long silences.
  /// How many were discarded by a buffer that never starts afresh.
  std::uint64_t discarded_without_resync = 0;
};

/// Counted from the actual send: that the tester was late is not the path's doing. `range`: the
/// packets that count, the first of which starts the buffer.
Playout play_out(const FlowPackets& packets, FlowPackets::Range range, const CallPlan& call);

}  // namespace wandrill
