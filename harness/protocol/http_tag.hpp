// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "protocol/dns_tag.hpp"

namespace wandrill {

/// A message of a series of HTTP requests, seen on a wire.
struct TaggedHttp {
  DnsTag tag;
  bool is_answer = false;
};

/// Looks for the tag where our requests have it, as their path, and our answers, as their first
/// header, the ETag: at the start of a segment's payload. Nothing for any other bytes.
std::optional<TaggedHttp> find_http_tag(std::span<const std::uint8_t> payload);

}  // namespace wandrill
