// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "base/clock.hpp"

namespace wandrill {

/// One-way delays, or their variation, in order of sending; nothing for a lost packet.
using Delays = std::vector<std::optional<Nanos>>;

/// Inter-packet delay variation (RFC 5481 4.1): each delay minus that of the packet before; nothing
/// for the first, for a lost one and for the one after it.
Delays ipdv(const Delays& delays);

/// Packet delay variation (RFC 5481 4.2): each delay minus the smallest.
Delays pdv(const Delays& delays);

}  // namespace wandrill
