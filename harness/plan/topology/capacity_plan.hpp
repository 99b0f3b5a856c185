// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.hpp"
#include "plan/impairment.hpp"

namespace wandrill {

struct SessionPlan;
struct TopologyPlan;
struct WanPlan;

/// A class of traffic, and the rate that it needs; 0: none.
struct CapacityClass {
  std::string name;
  BitsPerSecond up{0};
  BitsPerSecond down{0};
  /// What sessions must be like to belong to it; what is absent does not matter.
  std::optional<std::uint8_t> dscp;
  std::vector<std::string> from;
  bool guaranteed = false;

  [[nodiscard]] BitsPerSecond needs(Direction direction) const {
    return direction == Direction::kUp ? up : down;
  }
};

/// The class that a session belongs to: the first that it fits. Null: none.
const CapacityClass* class_of(const TopologyPlan& topology, const SessionPlan& session);

/// Whether a class has what it needs on a WAN, in one direction.
struct CapacityCheck {
  const CapacityClass* needy = nullptr;
  Direction direction = Direction::kUp;
  /// By WAN, as in the topology: bits per second that are left once it and the classes before it
  /// have what they need; negative: so much is missing. Nothing: the WAN's rate has no limit.
  std::vector<std::optional<std::int64_t>> spare;

  [[nodiscard]] bool fits() const;
};

/// One for each class and direction in which it needs something.
std::vector<CapacityCheck> check_capacity(const TopologyPlan& topology);

}  // namespace wandrill
