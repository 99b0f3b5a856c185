// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace wandrill::packet_format {

/// checksum() of each, four at a time: within one, every multiplication waits for the one before,
/// which leaves a core idle for most of the time.
std::vector<std::uint64_t> checksums(std::span<const std::string_view> payloads);

}  // namespace wandrill::packet_format
