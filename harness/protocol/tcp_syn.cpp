// SPDX-License-Identifier: Apache-2.0
#include "protocol/tcp_syn.hpp"

#include "base/big_endian.hpp"
#include "protocol/ip_packet.hpp"
#include "protocol/transport_checksum.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kFlagsAt = 13;
constexpr std::size_t kChecksumAt = 16;
constexpr std::size_t kLeastSegment = 20;
constexpr std::uint8_t kSyn = 0x02;
constexpr std::uint8_t kAck = 0x10;

}  // namespace

std::array<std::uint8_t, kTcpSynBytes> write_syn(const TcpSyn& syn, const IpAddress& source,
                                                 const IpAddress& destination) {
  constexpr std::uint16_t kWindow = 64240;
  constexpr std::uint32_t kMssOption = 0x02040000;
  const std::uint32_t mss = source.family() == Family::kIpv4 ? 1460 : 1440;
  std::array<std::uint8_t, kTcpSynBytes> bytes{};
  store_big_endian<std::uint16_t>(bytes, 0, syn.source_port);
  store_big_endian<std::uint16_t>(bytes, 2, syn.destination_port);
  store_big_endian<std::uint32_t>(bytes, 4, syn.sequence);
  bytes[12] = kTcpSynBytes / 4 << 4;
  bytes[kFlagsAt] = kSyn;
  store_big_endian<std::uint16_t>(bytes, 14, kWindow);
  store_big_endian<std::uint32_t>(bytes, 20, kMssOption | mss);
  store_big_endian<std::uint16_t>(bytes, kChecksumAt,
                                  transport_checksum(kProtocolTcp, bytes, source, destination));
  return bytes;
}

std::optional<TcpSyn> read_syn(std::span<const std::uint8_t> segment) {
  if (segment.size() < kLeastSegment) return std::nullopt;
  if ((segment[kFlagsAt] & (kSyn | kAck)) != kSyn) return std::nullopt;
  return TcpSyn{.source_port = load_big_endian<std::uint16_t>(segment, 0),
                .destination_port = load_big_endian<std::uint16_t>(segment, 2),
                .sequence = load_big_endian<std::uint32_t>(segment, 4)};
}

}  // namespace wandrill
