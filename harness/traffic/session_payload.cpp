// SPDX-License-Identifier: Apache-2.0
#include "traffic/session_payload.hpp"

#include <cmath>

namespace wandrill {

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

}  // namespace wandrill
