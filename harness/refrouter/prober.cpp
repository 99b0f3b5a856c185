// SPDX-License-Identifier: Apache-2.0
#include "refrouter/prober.hpp"

#include <algorithm>
#include <array>

#include <linux/icmp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kEchoPort = 7;
constexpr std::size_t kLongestReply = 2048;

int protocol_of(CheckKind kind, Family family) {
  if (kind == CheckKind::kUdp) return IPPROTO_UDP;
  return family == Family::kIpv4 ? static_cast<int>(IPPROTO_ICMP)
                                 : static_cast<int>(IPPROTO_ICMPV6);
}

/// A raw socket hears every ICMP message of the machine: let only echo replies through.
void accept_only_replies(int fd, Family family) {
  if (family == Family::kIpv4) {
    constexpr std::uint32_t kBlocked = ~(1U << ICMP_ECHOREPLY);
    check(::setsockopt(fd, SOL_RAW, ICMP_FILTER, &kBlocked, sizeof kBlocked),
          "filter a health check's socket");
    return;
  }
  icmp6_filter filter{};
  ICMP6_FILTER_SETBLOCKALL(&filter);
  ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &filter);
  check(::setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof filter),
        "filter a health check's socket");
}

}  // namespace

Prober::Prober(ProberSpec spec) : spec_{std::move(spec)} {
  for (const auto family : {Family::kIpv4, Family::kIpv6})
    if (std::ranges::any_of(spec_.targets,
                            [&](const auto& target) { return target.family() == family; }))
      open(family);
}

void Prober::open(Family family) {
  const int domain = family == Family::kIpv4 ? AF_INET : AF_INET6;
  const int type = spec_.kind == CheckKind::kUdp ? SOCK_DGRAM : SOCK_RAW;
  UniqueFd fd{
      check(::socket(domain, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol_of(spec_.kind, family)),
            "open a socket for health checks (ICMP needs CAP_NET_RAW)")};
  check(::setsockopt(fd.get(), SOL_SOCKET, SO_BINDTODEVICE, spec_.interface.data(),
                     static_cast<socklen_t>(spec_.interface.size())),
        "bind health checks to {}", spec_.interface);
  if (spec_.kind == CheckKind::kIcmp) accept_only_replies(fd.get(), family);
  fds_.push_back(fd.get());
  sockets_.push_back({family, std::move(fd)});
}

void Prober::send(std::uint16_t sequence) {
  for (const auto& socket : sockets_) {
    const auto message =
        encode_echo(spec_.kind, socket.family, {.sender = spec_.sender, .sequence = sequence});
    for (const auto& target : spec_.targets) {
      if (target.family() != socket.family) continue;
      // Port 0 for a raw ICMPv6 socket: the kernel refuses any other.
      const SocketAddress to{target, spec_.kind == CheckKind::kUdp ? kEchoPort : std::uint16_t{0}};
      static_cast<void>(
          ::sendto(socket.fd.get(), message.data(), message.size(), 0, to.get(), to.length));
    }
  }
}

void Prober::receive(const std::function<void(std::size_t, std::uint16_t)>& answered) {
  std::array<std::uint8_t, kLongestReply> buffer{};
  for (const auto& socket : sockets_) {
    for (;;) {
      SocketAddress from;
      from.length = sizeof from.storage;
      const auto size =
          ::recvfrom(socket.fd.get(), buffer.data(), buffer.size(), 0, from.get(), &from.length);
      if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
      if (size < 0) continue;  // an ICMP error about an earlier request: reading it clears it
      const auto id = decode_echo_reply(spec_.kind, socket.family,
                                        std::span{buffer}.first(static_cast<std::size_t>(size)));
      const auto target = std::ranges::find(spec_.targets, from.address());
      if (id && id->sender == spec_.sender && target != spec_.targets.end())
        answered(static_cast<std::size_t>(target - spec_.targets.begin()), id->sequence);
    }
  }
}

}  // namespace wandrill
