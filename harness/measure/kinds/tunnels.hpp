// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// How the tunnels followed the router: the metrics of sessions of kinds wireguard and openvpn,
/// from what the taps saw.
void measure_tunnels(const RunIndex& run, const std::vector<Transition>& transitions,
                     std::map<std::string, Measured>& metrics);

}  // namespace wandrill
