// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "plan/kinds/traffic_plan.hpp"
#include "tunnel/keys.hpp"

namespace wandrill {

/// What an end of a tunnel is told over its configuration protocol
/// (https://www.wireguard.com/xplatform/): `own` and `peer` are the key pairs of this end and of
/// the other.
std::string wireguard_server_setup(const SessionPlan& session, const WireguardKey& own,
                                   const WireguardKey& peer);
std::string wireguard_client_setup(const SessionPlan& session, const WireguardKey& own,
                                   const WireguardKey& peer);

/// The same for the kernel; the interface's name is the caller's.
WireguardDevice wireguard_server_device(const SessionPlan& session, const WireguardKey& own,
                                        const WireguardKey& peer);
WireguardDevice wireguard_client_device(const SessionPlan& session, const WireguardKey& own,
                                        const WireguardKey& peer);

/// Whether an answer to "get=1" tells of a handshake that was completed.
bool has_shaken_hands(const std::string& answer);
/// The error in an answer, 0 if there is none; nothing if it is not whole.
std::optional<int> wireguard_error(const std::string& answer);

}  // namespace wandrill
