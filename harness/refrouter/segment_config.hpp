// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "refrouter/config.hpp"
#include "refrouter/object_reader.hpp"

namespace wandrill {

/// Reads `segments` ("voice=lan.20 guest=lan.30"), `isolation`, and `allow` and `deny`
/// ("guest>wan_b"), which may name only segments and WANs that are there. The WANs must have been
/// read.
void read_segments(ObjectReader& reader, RefrouterConfig& config);

}  // namespace wandrill
