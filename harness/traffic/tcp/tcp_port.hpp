// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/unique_fd.hpp"
#include "plan/kinds/traffic_plan.hpp"

namespace wandrill {

class NetNs;

/// A socket that listens at the session's server. Throws std::system_error (address, port).
UniqueFd listen_at_server(const SessionPlan& session, const NetNs& where);

/// A socket bound to the session's client and `next_port`, or the next free one; `next_port` is
/// then the one behind it: ports follow one another, for a random one might hit the NAT's entry for
/// an old connection. Throws std::system_error (address, port).
UniqueFd bind_to_next_port(const SessionPlan& session, const NetNs& where,
                           std::uint16_t& next_port);

}  // namespace wandrill
