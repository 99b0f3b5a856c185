// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "measure/time_span.hpp"
#include "plan/traffic_plan.hpp"
#include "record/recording.hpp"

namespace wandrill {

/// What became of a packet. Late is lost by the Forwarding Delay Threshold, although it came.
/// Unknown: still on its way when the recording ended.
enum class PacketFate : std::uint8_t { kNotSent, kArrived, kLate, kLost, kUnknown };

/// All packets of one flow by sequence number: columns, since there may be millions.
struct FlowPackets {
  Nanos interval{0};
  std::vector<RunTime> scheduled;
  std::vector<std::int32_t> lateness;  ///< Actual send − scheduled, ns.
  std::vector<RunTime> arrived;        ///< The first arrival; meaningless unless it came.
  std::vector<PacketFate> fate;
  std::vector<std::uint32_t> arrivals;    ///< Sequences in order of their first arrival.
  std::vector<std::uint32_t> duplicates;  ///< A sequence for each further arrival.

  /// Sequence numbers from `first` up to, not including, `last`.
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
  };

  [[nodiscard]] std::size_t size() const noexcept { return scheduled.size(); }
  /// The packets scheduled within `span`.
  [[nodiscard]] Range within(const TimeSpan& span) const;
  /// From the actual send to the first arrival, for a packet that came.
  [[nodiscard]] Nanos delay(std::size_t sequence) const {
    return arrived[sequence] - (scheduled[sequence] + Nanos{lateness[sequence]});
  }
  [[nodiscard]] bool is_lost(std::size_t sequence) const {
    return fate[sequence] == PacketFate::kLost || fate[sequence] == PacketFate::kLate;
  }
  /// Arrived at all, in time or not.
  [[nodiscard]] bool came(std::size_t sequence) const {
    return fate[sequence] == PacketFate::kArrived || fate[sequence] == PacketFate::kLate;
  }
};

/// The flows of the plan, by FlowId. `end`: of the recording; a packet that had less than its
/// Forwarding Delay Threshold until then and did not come has an unknown fate.
std::vector<FlowPackets> index_packets(const TrafficPlan& traffic, const Recording& recording,
                                       RunTime end);

}  // namespace wandrill
