// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "net/netlink.hpp"

namespace wandrill {

/// One class of a hierarchical token bucket: what it is sure of, and what it may have of what
/// others leave. tc-htb(8).
struct HtbClass {
  std::uint16_t minor = 0;     ///< Packets of priority 1:minor are its own.
  std::uint64_t rate = 0;      ///< Bits per second that it is sure of.
  std::uint64_t ceiling = 0;   ///< Bits per second at most.
  std::uint32_t priority = 0;  ///< The lowest number is served first.
  std::uint32_t queue = 0;     ///< Packets that wait at most.
};

/// A port that sends no more than `rate` in all; what belongs to no class goes to `fallback`.
struct HtbPlan {
  std::uint64_t rate = 0;
  std::uint16_t fallback = 0;
  std::vector<HtbClass> classes;
};

/// Puts it on an interface, in the place of what is there. Throws std::system_error: EOPNOTSUPP or
/// ENOENT where the kernel has no htb.
void replace_htb(Netlink& netlink, int interface_index, const HtbPlan& plan);

}  // namespace wandrill
