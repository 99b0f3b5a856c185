// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// What came for DNS queries that was no good answer: counts of the sessions of kind dns.
void measure_dns(const RunIndex& run, std::map<std::string, Measured>& metrics);

}  // namespace wandrill
