// SPDX-License-Identifier: Apache-2.0
#include "programs/trunk/frame_sniffer.hpp"

#include <array>
#include <cstring>

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "net/packet_socket.hpp"

namespace wandrill::testing {
namespace {

constexpr std::size_t kMacs = 12;
constexpr std::size_t kHeader = 14;
constexpr std::size_t kTag = 4;
constexpr std::uint16_t kVlanMask = 0x0fff;

std::uint16_t word_at(const std::vector<std::uint8_t>& bytes, std::size_t at) {
  if (bytes.size() < at + 2) return 0;
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

/// The kernel takes the tag out and tells it apart, on whatever port it has come to.
std::optional<std::uint16_t> tag_beside(msghdr& message) {
  for (auto* item = CMSG_FIRSTHDR(&message); item != nullptr; item = CMSG_NXTHDR(&message, item)) {
    if (item->cmsg_level != SOL_PACKET || item->cmsg_type != PACKET_AUXDATA) continue;
    tpacket_auxdata data{};
    std::memcpy(&data, CMSG_DATA(item), sizeof data);
    if ((data.tp_status & TP_STATUS_VLAN_VALID) != 0)
      return static_cast<std::uint16_t>(data.tp_vlan_tci & kVlanMask);
  }
  return std::nullopt;
}

}  // namespace

std::uint16_t HeardFrame::ethertype() const {
  return word_at(bytes, kMacs);
}

std::vector<IpAddress> HeardFrame::addresses() const {
  struct Layout {
    std::uint16_t ethertype;
    Family family;
    std::size_t source;
    std::size_t destination;
  };
  // RFC 826 for Ethernet and IPv4, RFC 791, RFC 8200.
  constexpr std::array<Layout, 3> kLayouts{{{ETH_P_ARP, Family::kIpv4, 14, 24},
                                            {ETH_P_IP, Family::kIpv4, 12, 16},
                                            {ETH_P_IPV6, Family::kIpv6, 8, 24}}};
  for (const auto& layout : kLayouts) {
    const std::size_t size = layout.family == Family::kIpv4 ? 4 : 16;
    if (layout.ethertype != ethertype() || bytes.size() < kHeader + layout.destination + size)
      continue;
    const auto* packet = bytes.data() + kHeader;
    return {IpAddress{layout.family, packet + layout.source},
            IpAddress{layout.family, packet + layout.destination}};
  }
  return {};
}

FrameSniffer::FrameSniffer(const NetNs& ns, const std::string& interface)
    : socket_{open_packet_socket(ns)} {
  const int on = 1;
  check(::setsockopt(socket_.get(), SOL_PACKET, PACKET_AUXDATA, &on, sizeof on), "ask for tags");
  bind_packet_socket(socket_, ns, interface, ETH_P_ALL);
}

std::vector<HeardFrame> FrameSniffer::take() {
  std::vector<HeardFrame> heard;
  for (;;) {
    std::array<std::uint8_t, 2048> buffer{};
    std::array<char, 256> control{};
    sockaddr_ll from{};
    iovec part{.iov_base = buffer.data(), .iov_len = buffer.size()};
    msghdr message{};
    message.msg_name = &from;
    message.msg_namelen = sizeof from;
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto size = ::recvmsg(socket_.get(), &message, MSG_DONTWAIT);
    if (size < 0) return heard;
    HeardFrame frame{.vlan = tag_beside(message), .outgoing = from.sll_pkttype == PACKET_OUTGOING};
    frame.bytes.assign(buffer.begin(), buffer.begin() + size);
    if (!frame.vlan && frame.ethertype() == ETH_P_8021Q) {
      frame.vlan = word_at(frame.bytes, kHeader) & kVlanMask;
      frame.bytes.erase(frame.bytes.begin() + kMacs, frame.bytes.begin() + kMacs + kTag);
    }
    heard.push_back(std::move(frame));
  }
}

void forge_frame(const NetNs& ns, const std::string& interface, std::optional<std::uint16_t> vlan,
                 std::uint8_t payload) {
  std::vector<std::uint8_t> frame(kMacs, 0xff);
  frame[6] = 0x02;  // Locally administered, and not a group.
  const auto put = [&](std::uint16_t word) {
    frame.push_back(static_cast<std::uint8_t>(word >> 8));
    frame.push_back(static_cast<std::uint8_t>(word));
  };
  if (vlan) {
    put(ETH_P_8021Q);
    put(*vlan);
  }
  put(kForged);
  frame.push_back(payload);
  frame.resize(ETH_ZLEN);
  const auto socket = open_packet_socket(ns);
  bind_packet_socket(socket, ns, interface, 0);
  check(::send(socket.get(), frame.data(), frame.size(), 0), "forge a frame on {}", interface);
}

}  // namespace wandrill::testing
