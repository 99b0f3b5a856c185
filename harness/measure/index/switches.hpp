// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "measure/index/egress.hpp"

namespace wandrill {

/// A change of the WAN that traffic leaves by, judged across flows.
struct WanSwitch {
  RunInstant at;  ///< The first packet that left by the new WAN.
  std::uint8_t from = 0;
  std::uint8_t to = 0;
  std::vector<FlowId> flows;  ///< That moved, in the order in which they did.
};

/// Which WAN carried the traffic when.
struct EgressHistory {
  std::optional<std::uint8_t> first;  ///< At the start; nothing when no tap saw anything.
  std::vector<WanSwitch> switches;    ///< In order of time.

  /// The WAN that traffic left by at `at`.
  [[nodiscard]] std::optional<std::uint8_t> wan_at(RunInstant at) const;
};

/// Switches from `begin` on. A flow that moves the way of the latest such switch within 3 s of it,
/// or to the WAN that the others use already, follows that switch: a family may lag, and TCP moves
/// with its next retransmission.
EgressHistory find_switches(const std::vector<const Egress*>& flows, RunInstant begin);

}  // namespace wandrill
