// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"

namespace wandrill {

/// The arguments of openvpn(8) for an end of a tunnel, which has its certificate and key as
/// "certificate.pem" and "key.pem" in its working folder and knows its peer by its fingerprint.
std::vector<std::string> openvpn_server(const SessionPlan& session, const std::string& interface,
                                        const std::string& peer);
std::vector<std::string> openvpn_client(const SessionPlan& session, const std::string& interface,
                                        const std::string& peer);

/// The server reads its clients' IPv6 addresses from the file kClientFolder/DEFAULT.
inline constexpr const char* kClientFolder = "clients";
std::string openvpn_client_addresses(const SessionPlan& session);

/// The line of its output that tells that the tunnel is up, or that it waits for clients.
inline constexpr const char* kOpenvpnReady = "Initialization Sequence Completed";

}  // namespace wandrill
