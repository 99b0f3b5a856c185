// SPDX-License-Identifier: Apache-2.0
#include "traffic/policy/raw_port.hpp"

#include <array>
#include <utility>
#include <vector>

#include <linux/filter.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "net/kernel_stamp.hpp"
#include "protocol/ip_packet.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {
namespace {

constexpr int kMostPacketsAtOnce = 16;
constexpr std::size_t kMostRawBytes = 2048;
constexpr std::size_t kRawControlBytes = 128;
constexpr std::uint32_t kDestinationPortAt = 2;
constexpr std::uint32_t kTcpFlagsAt = 13;
constexpr std::uint32_t kSynAndAck = 0x12;
constexpr std::uint32_t kSyn = 0x02;

std::vector<sock_filter> filter_for_icmp(bool is_v4, std::uint8_t type) {
  std::vector<sock_filter> program;
  if (is_v4) program.push_back(BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0));
  program.push_back(
      BPF_STMT(static_cast<std::uint16_t>(BPF_LD | BPF_B | (is_v4 ? BPF_IND : BPF_ABS)), 0));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, type, 0, 1));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, kMostRawBytes));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, 0));
  return program;
}

/// What the socket is to see. The kernel shows an IPv4 socket the packet from its IP header on, an
/// IPv6 socket from its transport header on.
std::vector<sock_filter> filter_for(Family family, const RawPort::Options& options) {
  const bool is_v4 = family == Family::kIpv4;
  const std::uint16_t mode = is_v4 ? BPF_IND : BPF_ABS;
  if (options.icmp_type) return filter_for_icmp(is_v4, *options.icmp_type);
  if (!options.port) return {BPF_STMT(BPF_RET | BPF_K, 0)};
  const bool is_tcp = options.protocol == kProtocolTcp;
  std::vector<sock_filter> program;
  if (is_v4) program.push_back(BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0));
  program.push_back(
      BPF_STMT(static_cast<std::uint16_t>(BPF_LD | BPF_H | mode), kDestinationPortAt));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, *options.port, 0,
                             static_cast<std::uint8_t>(is_tcp ? 4 : 1)));
  if (is_tcp) {
    program.push_back(BPF_STMT(static_cast<std::uint16_t>(BPF_LD | BPF_B | mode), kTcpFlagsAt));
    program.push_back(BPF_STMT(BPF_ALU | BPF_AND | BPF_K, kSynAndAck));
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kSyn, 0, 1));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, kMostRawBytes));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, 0));
  return program;
}

void attach(int socket, std::vector<sock_filter> program) {
  const sock_fprog attached{static_cast<unsigned short>(program.size()), program.data()};
  check(::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &attached, sizeof attached),
        "attach a filter to a raw socket");
}

/// From the transport header on.
std::span<const std::uint8_t> without_ip_header(std::span<const std::uint8_t> bytes,
                                                Family family) {
  if (family == Family::kIpv6 || bytes.empty()) return bytes;
  const auto header = static_cast<std::size_t>(bytes[0] & 0x0f) * 4;
  return bytes.subspan(std::min(header, bytes.size()));
}

}  // namespace

RawPort::RawPort(const NetNs& where, const IpAddress& address, const Options& options)
    : family_{address.family()},
      socket_{open_socket(where, family_, SOCK_RAW, options.dscp, options.protocol)} {
  attach(socket_.get(), filter_for(family_, options));
  const int on = 1;
  check(::setsockopt(socket_.get(), SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on),
        "ask a raw socket for its drops");
  bind_socket(socket_.get(), address, 0);
}

int RawPort::send(std::span<const std::uint8_t> packet, const IpAddress& to) const {
  const SocketAddress peer{to, 0};
  const auto sent =
      ::sendto(socket_.get(), packet.data(), packet.size(), MSG_NOSIGNAL, peer.get(), peer.length);
  return sent >= 0 ? 0 : errno;
}

std::uint32_t RawPort::receive(const std::function<void(const Packet&)>& each) {
  std::array<std::uint8_t, kMostRawBytes> bytes;
  alignas(cmsghdr) std::array<std::uint8_t, kRawControlBytes> control;
  std::uint32_t drops = dropped_;
  for (int i = 0; i < kMostPacketsAtOnce; ++i) {
    SocketAddress source;
    iovec vector{bytes.data(), bytes.size()};
    msghdr message{.msg_name = source.get(),
                   .msg_namelen = sizeof source.storage,
                   .msg_iov = &vector,
                   .msg_iovlen = 1,
                   .msg_control = control.data(),
                   .msg_controllen = control.size(),
                   .msg_flags = 0};
    const auto size = ::recvmsg(socket_.get(), &message, MSG_DONTWAIT);
    if (size < 0) break;
    read_drops(message, drops);
    source.length = message.msg_namelen;
    each({without_ip_header(std::span{bytes}.first(static_cast<std::size_t>(size)), family_),
          source.address(), kernel_stamp(message)});
  }
  return drops - std::exchange(dropped_, drops);
}

}  // namespace wandrill
