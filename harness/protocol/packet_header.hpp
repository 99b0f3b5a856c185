// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace wandrill {

/// What every packet of ours carries in its payload: in rtp after the RTP header, in probe at the
/// start of the UDP payload, in tcp at the start of each message.
struct PacketHeader {
  std::uint16_t flow = 0;
  std::uint64_t sequence = 0;  ///< Never wraps: RFC 3550's 16 bits lose long outages.
  std::uint64_t nonce = 0;     ///< Of the run: packets of another cell never count.

  friend bool operator==(const PacketHeader&, const PacketHeader&) = default;
};

/// On the wire, big endian: magic "WDRL" (4), version 1 (1), zero (1), flow (2), sequence (8),
/// nonce (8), check (4): a mix of everything before it.
inline constexpr std::size_t kPacketHeaderBytes = 28;
inline constexpr std::size_t kRtpHeaderBytes = 12;

/// Writes `header` to the start of `out`, which holds at least kPacketHeaderBytes.
void encode(const PacketHeader& header, std::span<std::uint8_t> out);
/// The header at the start of `bytes`; nothing if it is cut short or anything in it is not ours.
std::optional<PacketHeader> decode(std::span<const std::uint8_t> bytes);

/// What the RTP headers of a stream say of its codec (RFC 3551); by default G.711 in packets of
/// 20 ms.
struct RtpFormat {
  std::uint8_t payload_type = 0;
  std::uint32_t samples_per_packet = 160;  ///< Units of the time stamp.
};

/// An RTP header (RFC 3550 5.1: V=2) to the start of `out`, which holds at least kRtpHeaderBytes.
/// The 16-bit sequence and the timestamp follow from `sequence`, the SSRC from flow and nonce.
void encode_rtp(const PacketHeader& header, std::span<std::uint8_t> out,
                const RtpFormat& format = {});

/// The header in a UDP payload of either kind.
std::optional<PacketHeader> decode_any_payload(std::span<const std::uint8_t> payload);

}  // namespace wandrill
