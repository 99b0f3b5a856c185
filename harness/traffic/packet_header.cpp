// SPDX-License-Identifier: Apache-2.0
#include "traffic/packet_header.hpp"

#include <cassert>
#include <cmath>

namespace wandrill {
namespace {

constexpr std::uint32_t kMagic = 0x5744524c;  // "WDRL"
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kRtpVersion2 = 0x80;

template <typename Unsigned>
void store(std::span<std::uint8_t> out, std::size_t at, Unsigned value) {
  for (std::size_t i = sizeof(Unsigned); i-- > 0;) {
    out[at + i] = static_cast<std::uint8_t>(value & 0xff);
    value = static_cast<Unsigned>(value >> (sizeof(Unsigned) > 1 ? 8 : 0));
  }
}

template <typename Unsigned>
Unsigned load(std::span<const std::uint8_t> in, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i)
    value = value << 8 | in[at + i];
  return static_cast<Unsigned>(value);
}

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
  store(out, 0, kMagic);
  out[4] = kVersion;
  out[5] = 0;
  store(out, 6, header.flow);
  store(out, 8, header.sequence);
  store(out, 16, header.nonce);
  store(out, 24, check_of(header));
}

std::optional<PacketHeader> decode(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kPacketHeaderBytes) return std::nullopt;
  if (load<std::uint32_t>(bytes, 0) != kMagic) return std::nullopt;
  if (bytes[4] != kVersion || bytes[5] != 0) return std::nullopt;
  const PacketHeader header{load<std::uint16_t>(bytes, 6), load<std::uint64_t>(bytes, 8),
                            load<std::uint64_t>(bytes, 16)};
  if (load<std::uint32_t>(bytes, 24) != check_of(header)) return std::nullopt;
  return header;
}

void encode_rtp(const PacketHeader& header, std::span<std::uint8_t> out, const RtpFormat& format) {
  assert(out.size() >= kRtpHeaderBytes);
  out[0] = kRtpVersion2;
  out[1] = format.payload_type;  // no marker
  store(out, 2, static_cast<std::uint16_t>(header.sequence));
  store(out, 4, static_cast<std::uint32_t>(header.sequence * format.samples_per_packet));
  store(out, 8, static_cast<std::uint32_t>(mix(header.nonce ^ header.flow)));
}

RtpFormat rtp_format_of(const SessionPlan& session) {
  if (!session.call) return {};
  const auto& codec = session.call->codec;
  const auto samples = std::chrono::duration<double>(session.interval).count() * codec.clock_rate;
  return {codec.payload_type, static_cast<std::uint32_t>(std::llround(samples))};
}

void encode_payload(TrafficKind kind, const PacketHeader& header, std::span<std::uint8_t> out,
                    const RtpFormat& format) {
  if (traits_of(kind).has_voice) encode_rtp(header, out, format);
  encode(header, out.subspan(header_offset(kind)));
}

std::optional<PacketHeader> decode_payload(TrafficKind kind,
                                           std::span<const std::uint8_t> payload) {
  const auto offset = header_offset(kind);
  if (payload.size() < offset) return std::nullopt;
  return decode(payload.subspan(offset));
}

std::optional<PacketHeader> decode_any_payload(std::span<const std::uint8_t> payload) {
  if (const auto header = decode(payload)) return header;
  if (payload.size() < kRtpHeaderBytes || (payload[0] & 0xc0) != kRtpVersion2) return std::nullopt;
  return decode(payload.subspan(kRtpHeaderBytes));
}

}  // namespace wandrill
