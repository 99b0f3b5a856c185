// SPDX-License-Identifier: Apache-2.0
#include "protocol/tunnel_message.hpp"

namespace wandrill {
namespace {

// WireGuard's message types. A capture's snap length may have cut their ends.
constexpr std::uint8_t kWgInitiation = 1;
constexpr std::uint8_t kWgResponse = 2;
constexpr std::uint8_t kWgData = 4;

// OpenVPN's opcodes.
constexpr std::uint8_t kSoftReset = 3;
constexpr std::uint8_t kDataV1 = 6;
constexpr std::uint8_t kHardResetClientV2 = 7;
constexpr std::uint8_t kHardResetServerV2 = 8;
constexpr std::uint8_t kDataV2 = 9;
constexpr std::uint8_t kHardResetClientV3 = 10;

}  // namespace

TunnelMessage read_wireguard(std::span<const std::uint8_t> payload) {
  if (payload.size() < 4 || payload[1] != 0 || payload[2] != 0 || payload[3] != 0)
    return TunnelMessage::kOther;
  if (payload[0] == kWgInitiation) return TunnelMessage::kInitiation;
  if (payload[0] == kWgResponse) return TunnelMessage::kResponse;
  return payload[0] == kWgData ? TunnelMessage::kData : TunnelMessage::kOther;
}

TunnelMessage read_openvpn(std::span<const std::uint8_t> payload) {
  if (payload.empty()) return TunnelMessage::kOther;
  switch (payload[0] >> 3) {
    case kHardResetClientV2:
    case kHardResetClientV3:
    case kSoftReset:
      return TunnelMessage::kInitiation;
    case kHardResetServerV2:
      return TunnelMessage::kResponse;
    case kDataV1:
    case kDataV2:
      return TunnelMessage::kData;
    default:
      return TunnelMessage::kOther;
  }
}

TunnelMessage read_openvpn_segment(std::span<const std::uint8_t> payload) {
  return payload.size() < 3 ? TunnelMessage::kOther : read_openvpn(payload.subspan(2));
}

}  // namespace wandrill
