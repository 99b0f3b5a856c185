// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "plan/kinds/traffic_plan.hpp"
#include "protocol/packet_header.hpp"

namespace wandrill {

/// What the RTP headers of a session's streams say of its codec.
RtpFormat rtp_format_of(const SessionPlan& session);

/// Where our header stands in the payload of a session of this kind.
[[nodiscard]] inline std::size_t header_offset(TrafficKind kind) {
  return traits_of(kind).has_voice ? kRtpHeaderBytes : 0;
}
/// The smallest payload that a session of this kind can have.
[[nodiscard]] inline std::size_t least_payload(TrafficKind kind) {
  return header_offset(kind) + kPacketHeaderBytes;
}

/// Writes all that changes from packet to packet of a session of this kind.
void encode_payload(TrafficKind kind, const PacketHeader& header, std::span<std::uint8_t> out,
                    const RtpFormat& format = {});
/// The header in the payload of a session of this kind.
std::optional<PacketHeader> decode_payload(TrafficKind kind, std::span<const std::uint8_t> payload);

}  // namespace wandrill
