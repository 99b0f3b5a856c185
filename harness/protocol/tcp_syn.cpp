// SPDX-License-Identifier: Apache-2.0
#include "protocol/tcp_syn.hpp"

#include "protocol/ip_packet.hpp"
#include "protocol/transport_checksum.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kFlagsAt = 13;
constexpr std::size_t kChecksumAt = 16;
constexpr std::size_t kLeastSegment = 20;
constexpr std::uint8_t kSyn = 0x02;
constexpr std::uint8_t kAck = 0x10;

void put(std::span<std::uint8_t> bytes, std::size_t at, std::size_t size, std::uint32_t value) {
  for (std::size_t i = size; i-- > 0; value >>= 8)
    bytes[at + i] = static_cast<std::uint8_t>(value & 0xff);
}

std::uint32_t get(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i)
    value = value << 8 | bytes[at + i];
  return value;
}

}  // namespace

std::array<std::uint8_t, kTcpSynBytes> write_syn(const TcpSyn& syn, const IpAddress& source,
                                                 const IpAddress& destination) {
  constexpr std::uint32_t kWindow = 64240;
  constexpr std::uint32_t kMssOption = 0x02040000;
  const std::uint32_t mss = source.family() == Family::kIpv4 ? 1460 : 1440;
  std::array<std::uint8_t, kTcpSynBytes> bytes{};
  put(bytes, 0, 2, syn.source_port);
  put(bytes, 2, 2, syn.destination_port);
  put(bytes, 4, 4, syn.sequence);
  bytes[12] = kTcpSynBytes / 4 << 4;
  bytes[kFlagsAt] = kSyn;
  put(bytes, 14, 2, kWindow);
  put(bytes, 20, 4, kMssOption | mss);
  put(bytes, kChecksumAt, 2, transport_checksum(kProtocolTcp, bytes, source, destination));
  return bytes;
}

std::optional<TcpSyn> read_syn(std::span<const std::uint8_t> segment) {
  if (segment.size() < kLeastSegment) return std::nullopt;
  if ((segment[kFlagsAt] & (kSyn | kAck)) != kSyn) return std::nullopt;
  return TcpSyn{.source_port = static_cast<std::uint16_t>(get(segment, 0, 2)),
                .destination_port = static_cast<std::uint16_t>(get(segment, 2, 2)),
                .sequence = get(segment, 4, 4)};
}

}  // namespace wandrill
