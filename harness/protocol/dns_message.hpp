// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ip_address.hpp"

namespace wandrill {

/// The types of records that are asked for (RFC 1035 3.2.2, RFC 3596 2.1).
enum class DnsType : std::uint16_t { kA = 1, kAaaa = 28 };

constexpr DnsType dns_type_of(Family family) {
  return family == Family::kIpv4 ? DnsType::kA : DnsType::kAaaa;
}

/// The response codes that tell faults apart (RFC 1035 4.1.1).
inline constexpr int kDnsNoError = 0;
inline constexpr int kDnsServfail = 2;
inline constexpr int kDnsNoSuchName = 3;

/// A question of class IN, recursion desired.
struct DnsQuestion {
  std::uint16_t id = 0;
  std::string name;  ///< "web.test"; labels of at most 63 characters.
  DnsType type = DnsType::kA;
};

/// What a server said: its response code, and the addresses of the records that it gave.
struct DnsAnswer {
  std::uint16_t id = 0;
  int code = kDnsNoError;
  bool is_truncated = false;  ///< It did not fit, and is to be asked for over TCP (RFC 2181 9).
  std::string question;       ///< The name that it answers for; empty: it has none, or none plain.
  std::vector<IpAddress> addresses;
};

/// A query message as it goes into a UDP datagram (RFC 1035 4.1).
std::vector<std::uint8_t> encode(const DnsQuestion& question);

/// A response message; nothing for one that is none, or that ends within a record.
std::optional<DnsAnswer> decode_dns_answer(std::span<const std::uint8_t> message);

}  // namespace wandrill
