// SPDX-License-Identifier: Apache-2.0
#include "refrouter/echo_message.hpp"

#include <algorithm>
#include <array>

#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>

namespace wandrill {
namespace {

constexpr std::size_t kIcmpHeader = 8;
constexpr std::size_t kSenderAt = 4;
/// So that nobody else's datagram to our port is taken for an echo; as long as what stands before
/// the identity in ICMP.
constexpr std::array<std::uint8_t, kSenderAt> kUdpMark{'w', 'd', 'r', 'l'};

void put16(std::vector<std::uint8_t>& bytes, std::size_t at, std::uint16_t value) {
  bytes[at] = static_cast<std::uint8_t>(value >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(value & 0xff);
}

std::uint16_t get16(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

/// What stands behind the IP header; nothing when it is cut short.
std::span<const std::uint8_t> behind_ip_header(std::span<const std::uint8_t> packet) {
  if (packet.empty()) return {};
  const std::size_t header = std::size_t{packet[0] & 0x0fU} * 4;
  return packet.subspan(std::min(header, packet.size()));
}

}  // namespace

std::uint16_t internet_checksum(std::span<const std::uint8_t> data) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < data.size(); i += 2)
    sum += static_cast<std::uint32_t>(data[i]) << 8 | (i + 1 < data.size() ? data[i + 1] : 0U);
  while (sum > 0xffff)
    sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

std::vector<std::uint8_t> encode_echo(CheckKind kind, Family family, EchoId id) {
  std::vector<std::uint8_t> bytes(kIcmpHeader);
  put16(bytes, kSenderAt, id.sender);
  put16(bytes, kSenderAt + 2, id.sequence);
  if (kind == CheckKind::kUdp) {
    std::ranges::copy(kUdpMark, bytes.begin());
  } else if (family == Family::kIpv6) {
    bytes[0] = ICMP6_ECHO_REQUEST;
  } else {
    bytes[0] = ICMP_ECHO;
    put16(bytes, 2, internet_checksum(bytes));
  }
  return bytes;
}

std::optional<EchoId> decode_echo_reply(CheckKind kind, Family family,
                                        std::span<const std::uint8_t> data) {
  if (kind == CheckKind::kIcmp && family == Family::kIpv4) data = behind_ip_header(data);
  if (data.size() < kIcmpHeader) return std::nullopt;
  const auto reply = family == Family::kIpv4 ? ICMP_ECHOREPLY : ICMP6_ECHO_REPLY;
  const bool is_reply = kind == CheckKind::kUdp
                            ? std::ranges::equal(kUdpMark, data.first(kUdpMark.size()))
                            : data[0] == reply && data[1] == 0;
  if (!is_reply) return std::nullopt;
  return EchoId{.sender = get16(data, kSenderAt), .sequence = get16(data, kSenderAt + 2)};
}

}  // namespace wandrill
