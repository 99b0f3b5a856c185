// SPDX-License-Identifier: Apache-2.0
#include "service/dhcp_message.hpp"

#include <algorithm>

#include "base/big_endian.hpp"
#include "base/internet_checksum.hpp"

namespace wandrill {
namespace {

using Bytes8 = std::vector<std::uint8_t>;

constexpr std::size_t kEthernet = 14;
constexpr std::size_t kIpv4 = 20;
constexpr std::size_t kUdp = 8;
constexpr std::size_t kBootp = 236;  ///< Up to the options' magic cookie.
constexpr std::size_t kMessageAt = kEthernet + kIpv4 + kUdp;
constexpr std::size_t kOptionsAt = kMessageAt + kBootp;
constexpr std::array<std::uint8_t, 4> kCookie{99, 130, 83, 99};
constexpr std::uint8_t kBootRequest = 1;
constexpr std::uint8_t kBootReply = 2;
constexpr std::uint8_t kUdpProtocol = 17;
constexpr std::uint16_t kEtherTypeIpv4 = 0x0800;
constexpr std::uint16_t kServerPort = 67;
constexpr std::uint16_t kClientPort = 68;
constexpr std::uint8_t kOptionType = 53;
constexpr std::uint8_t kOptionParameters = 55;
constexpr std::uint8_t kOptionEnd = 255;

// Places within the BOOTP message.
constexpr std::size_t kId = 4;
constexpr std::size_t kFlags = 10;
constexpr std::size_t kClientAddress = 12;
constexpr std::size_t kYourAddress = 16;
constexpr std::size_t kHardware = 28;

void put_headers(Bytes8& frame, const DhcpRequest& request) {
  constexpr std::uint64_t kVersionAndLength = 0x45;
  constexpr std::uint64_t kTimeToLive = 64;
  std::fill_n(frame.begin(), 6, std::uint8_t{0xff});
  std::ranges::copy(request.client, frame.begin() + 6);
  store_big_endian<std::uint16_t>(frame, 12, kEtherTypeIpv4);
  const std::size_t ip = kEthernet;
  store_big_endian<std::uint8_t>(frame, ip, kVersionAndLength);
  store_big_endian(frame, ip + 2, static_cast<std::uint16_t>(frame.size() - kEthernet));
  store_big_endian<std::uint8_t>(frame, ip + 8, kTimeToLive);
  store_big_endian<std::uint8_t>(frame, ip + 9, kUdpProtocol);
  if (request.type == DhcpType::kRequest)
    std::copy_n(request.address.data(), 4, frame.begin() + ip + 12);
  store_big_endian<std::uint32_t>(frame, ip + 16, 0xffffffff);
  store_big_endian(frame, ip + 10, internet_checksum(std::span{frame}.subspan(ip, kIpv4)));
  const std::size_t udp = ip + kIpv4;
  store_big_endian<std::uint16_t>(frame, udp, kClientPort);
  store_big_endian<std::uint16_t>(frame, udp + 2, kServerPort);
  // No checksum: that is allowed over IPv4 (RFC 768).
  store_big_endian(frame, udp + 4, static_cast<std::uint16_t>(frame.size() - udp));
}

std::optional<DhcpType> type_in(std::span<const std::uint8_t> options) {
  while (options.size() >= 2 && options[0] != kOptionEnd) {
    if (options[0] == 0) {  // A pad has no length.
      options = options.subspan(1);
      continue;
    }
    const std::size_t length = options[1];
    if (options.size() < 2 + length) return std::nullopt;
    if (options[0] == kOptionType && length == 1) return static_cast<DhcpType>(options[2]);
    options = options.subspan(2 + length);
  }
  return std::nullopt;
}

}  // namespace

Bytes8 encode_frame(const DhcpRequest& request) {
  // The parameters that a router asks for: netmask (1), routers (3), DNS servers (6).
  const Bytes8 options{
      kOptionType, 1,         static_cast<std::uint8_t>(request.type), kOptionParameters, 3, 1, 3,
      6,           kOptionEnd};
  constexpr std::size_t kShortestMessage = 300;  // RFC 1542 2.1; the options fit into it.
  Bytes8 frame(kMessageAt + kShortestMessage, 0);
  const auto options_at = std::ranges::copy(kCookie, frame.begin() + kOptionsAt).out;
  std::ranges::copy(options, options_at);
  put_headers(frame, request);
  constexpr std::uint64_t kEthernetType = 1;
  constexpr std::uint64_t kHardwareLength = 6;
  constexpr std::uint64_t kBroadcastReply = 0x8000;
  store_big_endian<std::uint8_t>(frame, kMessageAt, kBootRequest);
  store_big_endian<std::uint8_t>(frame, kMessageAt + 1, kEthernetType);
  store_big_endian<std::uint8_t>(frame, kMessageAt + 2, kHardwareLength);
  store_big_endian<std::uint32_t>(frame, kMessageAt + kId, request.id);
  store_big_endian<std::uint16_t>(frame, kMessageAt + kFlags, kBroadcastReply);
  if (request.type == DhcpType::kRequest)
    std::copy_n(request.address.data(), 4,
                frame.begin() + static_cast<std::ptrdiff_t>(kMessageAt + kClientAddress));
  std::ranges::copy(request.client,
                    frame.begin() + static_cast<std::ptrdiff_t>(kMessageAt + kHardware));
  return frame;
}

std::optional<DhcpReply> decode_dhcp_frame(std::span<const std::uint8_t> frame) {
  const std::size_t options_at = kOptionsAt + kCookie.size();
  if (frame.size() < options_at || load_big_endian<std::uint16_t>(frame, 12) != kEtherTypeIpv4 ||
      frame[kEthernet] != 0x45 || frame[kEthernet + 9] != kUdpProtocol ||
      load_big_endian<std::uint16_t>(frame, kEthernet + kIpv4 + 2) != kClientPort ||
      frame[kMessageAt] != kBootReply ||
      !std::ranges::equal(frame.subspan(kOptionsAt, kCookie.size()), kCookie))
    return std::nullopt;
  const auto type = type_in(frame.subspan(options_at));
  if (!type) return std::nullopt;
  return DhcpReply{.type = *type,
                   .id = load_big_endian<std::uint32_t>(frame, kMessageAt + kId),
                   .address = {Family::kIpv4, frame.data() + kMessageAt + kYourAddress}};
}

}  // namespace wandrill
