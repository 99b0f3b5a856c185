// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace wandrill {

/// What makes a DNS query ours: the first label of the name that it asks for. No two are alike, so
/// no cache on the way can answer, and a forwarder's own query upstream is known by it as well.
struct DnsTag {
  std::uint64_t nonce = 0;  ///< Of the run.
  std::uint16_t flow = 0;
  std::uint64_t sequence = 0;

  friend bool operator==(const DnsTag&, const DnsTag&) = default;
};

/// "w" and the numbers in base 16: 37 characters of the 63 that a label may have (RFC 1035 2.3.4).
std::string to_label(const DnsTag& tag);
/// Nothing for a label that is none of ours. Case does not matter: resolvers may change it.
std::optional<DnsTag> parse_label(std::string_view label);

/// A DNS message of ours, seen on a wire.
struct TaggedDns {
  DnsTag tag;
  bool is_answer = false;
};

/// Looks for a tag in the first question of a message (RFC 1035 4.1), which may be cut short behind
/// it. Nothing for what is no DNS message, or not ours.
std::optional<TaggedDns> find_tag(std::span<const std::uint8_t> message);

}  // namespace wandrill
