// SPDX-License-Identifier: Apache-2.0
#include "protocol/packet_header.hpp"

#include <cassert>

#include "base/big_endian.hpp"

namespace wandrill {
namespace {

constexpr std::uint32_t kMagic = 0x5744524c;  // "WDRL"
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kRtpVersion2 = 0x80;

/// SplitMix64's finaliser: every input bit reaches every output bit.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

std::uint32_t check_of(const PacketHeader& header) {
  const auto all = mix(mix(mix(header.nonce) ^ header.sequence) ^ header.flow);
  return static_cast<std::uint32_t>(all >> 32);
}

}  // namespace

void encode(const PacketHeader& header, std::span<std::uint8_t> out) {
  assert(out.size() >= kPacketHeaderBytes);
  store_big_endian(out, 0, kMagic);
  out[4] = kVersion;
  out[5] = 0;
  store_big_endian(out, 6, header.flow);
  store_big_endian(out, 8, header.sequence);
  store_big_endian(out, 16, header.nonce);
  store_big_endian(out, 24, check_of(header));
}

std::optional<PacketHeader> decode(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kPacketHeaderBytes) return std::nullopt;
  if (load_big_endian<std::uint32_t>(bytes, 0) != kMagic) return std::nullopt;
  if (bytes[4] != kVersion || bytes[5] != 0) return std::nullopt;
  const PacketHeader header{load_big_endian<std::uint16_t>(bytes, 6),
                            load_big_endian<std::uint64_t>(bytes, 8),
                            load_big_endian<std::uint64_t>(bytes, 16)};
  if (load_big_endian<std::uint32_t>(bytes, 24) != check_of(header)) return std::nullopt;
  return header;
}

void encode_rtp(const PacketHeader& header, std::span<std::uint8_t> out, const RtpFormat& format) {
  assert(out.size() >= kRtpHeaderBytes);
  out[0] = kRtpVersion2;
  out[1] = format.payload_type;  // no marker
  store_big_endian(out, 2, static_cast<std::uint16_t>(header.sequence));
  store_big_endian(out, 4, static_cast<std::uint32_t>(header.sequence * format.samples_per_packet));
  store_big_endian(out, 8, static_cast<std::uint32_t>(mix(header.nonce ^ header.flow)));
}

std::optional<PacketHeader> decode_any_payload(std::span<const std::uint8_t> payload) {
  if (const auto header = decode(payload)) return header;
  if (payload.size() < kRtpHeaderBytes || (payload[0] & 0xc0) != kRtpVersion2) return std::nullopt;
  return decode(payload.subspan(kRtpHeaderBytes));
}

}  // namespace wandrill
