// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// What of the traffic that policy must stop got through: the metrics of sessions of kind
/// forbidden, and of sources that no WAN should see.
std::vector<Leak> measure_policy(const RunIndex& run, std::map<std::string, Measured>& metrics);

/// What left by a WAN that is not for its sender: of each host and WAN, in order of the first
/// packet.
std::vector<BarredTraffic> find_barred_traffic(const RunIndex& run);

}  // namespace wandrill
