// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "measure/index/flow_packets.hpp"
#include "plan/kinds/traffic_plan.hpp"
#include "record/recording.hpp"

namespace wandrill {

/// What a Recording says of the packets that were sent and received, read once.
struct PacketIndex {
  std::vector<FlowPackets> flows;  ///< By FlowId; to be finished.
  /// Lateness of sent packets that are in no flow: of a flow that the plan does not know, with a
  /// number far beyond the rows of its flow, sent twice.
  std::vector<std::int32_t> stray_lateness;
  std::uint64_t refused = 0;
  std::optional<RunInstant> first_scheduled;
  std::optional<RunInstant> last_scheduled;
  std::optional<RunInstant> last_received;
};

PacketIndex index_packets(const TrafficPlan& traffic, const Recording& recording);

}  // namespace wandrill
