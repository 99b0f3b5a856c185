// SPDX-License-Identifier: Apache-2.0
#include "protocol/icmp_echo.hpp"

#include <algorithm>

#include "base/big_endian.hpp"
#include "base/internet_checksum.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kEchoHeader = 8;
constexpr std::size_t kIcmpChecksumAt = 2;
constexpr std::size_t kIdAt = 4;
constexpr std::size_t kSequenceAt = 6;

std::uint8_t echo_request_type(Family family) {
  return family == Family::kIpv4 ? 8 : 128;
}

}  // namespace

std::uint8_t echo_reply_type(Family family) {
  return family == Family::kIpv4 ? 0 : 129;
}

std::vector<std::uint8_t> encode_icmp_echo(Family family, const IcmpEcho& echo) {
  std::vector<std::uint8_t> bytes(kEchoHeader + echo.data.size());
  bytes[0] = echo.is_reply ? echo_reply_type(family) : echo_request_type(family);
  store_big_endian(std::span{bytes}, kIdAt, echo.id);
  store_big_endian(std::span{bytes}, kSequenceAt, echo.sequence);
  std::ranges::copy(echo.data, bytes.begin() + kEchoHeader);
  if (family == Family::kIpv4)
    store_big_endian(std::span{bytes}, kIcmpChecksumAt, internet_checksum(bytes));
  return bytes;
}

std::optional<IcmpEcho> decode_icmp_echo(Family family, std::span<const std::uint8_t> message) {
  if (message.size() < kEchoHeader || message[1] != 0) return std::nullopt;
  const bool is_reply = message[0] == echo_reply_type(family);
  if (!is_reply && message[0] != echo_request_type(family)) return std::nullopt;
  return IcmpEcho{.is_reply = is_reply,
                  .id = load_big_endian<std::uint16_t>(message, kIdAt),
                  .sequence = load_big_endian<std::uint16_t>(message, kSequenceAt),
                  .data = message.subspan(kEchoHeader)};
}

}  // namespace wandrill
