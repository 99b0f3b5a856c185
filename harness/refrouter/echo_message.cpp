// SPDX-License-Identifier: Apache-2.0
#include "refrouter/echo_message.hpp"

#include <algorithm>
#include <array>

#include "base/big_endian.hpp"
#include "protocol/icmp_echo.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kUdpEcho = 8;
constexpr std::size_t kSenderAt = 4;
/// So that nobody else's datagram to our port is taken for an echo; as long as what stands before
/// the identity in ICMP.
constexpr std::array<std::uint8_t, kSenderAt> kUdpMark{'w', 'd', 'r', 'l'};

/// What stands behind the IP header; nothing when it is cut short.
std::span<const std::uint8_t> behind_ip_header(std::span<const std::uint8_t> packet) {
  if (packet.empty()) return {};
  const std::size_t header = std::size_t{packet[0] & 0x0fU} * 4;
  return packet.subspan(std::min(header, packet.size()));
}

}  // namespace

std::vector<std::uint8_t> encode_echo(CheckKind kind, Family family, EchoId id) {
  auto bytes = encode_icmp_echo(family, {.id = id.sender, .sequence = id.sequence});
  if (kind == CheckKind::kUdp) std::ranges::copy(kUdpMark, bytes.begin());
  return bytes;
}

std::optional<EchoId> decode_echo_reply(CheckKind kind, Family family,
                                        std::span<const std::uint8_t> data) {
  if (kind == CheckKind::kUdp) {
    if (data.size() < kUdpEcho || !std::ranges::equal(kUdpMark, data.first(kUdpMark.size())))
      return std::nullopt;
    return EchoId{.sender = load_big_endian<std::uint16_t>(data, kSenderAt),
                  .sequence = load_big_endian<std::uint16_t>(data, kSenderAt + 2)};
  }
  const auto echo =
      decode_icmp_echo(family, family == Family::kIpv4 ? behind_ip_header(data) : data);
  if (!echo || !echo->is_reply) return std::nullopt;
  return EchoId{.sender = echo->id, .sequence = echo->sequence};
}

}  // namespace wandrill
