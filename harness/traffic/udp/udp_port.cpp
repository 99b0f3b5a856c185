// SPDX-License-Identifier: Apache-2.0
#include "traffic/udp/udp_port.hpp"

#include <array>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "net/kernel_stamp.hpp"
#include "net/netns.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kBatch = 16;
constexpr int kReceiveBuffer = 4 << 20;
constexpr std::size_t kControlBytes = 128;

void set_option(int socket, int level, int name, int value) {
  check(::setsockopt(socket, level, name, &value, sizeof value), "set socket option {}/{}", level,
        name);
}

/// Where a batch of datagrams is read to. There is one for the whole thread: it is only in use
/// within UdpPort::receive.
struct Batch {
  std::array<mmsghdr, kBatch> messages{};
  std::array<iovec, kBatch> vectors{};
  std::array<SocketAddress, kBatch> sources{};
  std::array<std::array<std::uint8_t, UdpPort::kMostPayload>, kBatch> payloads{};
  alignas(cmsghdr) std::array<std::array<std::uint8_t, kControlBytes>, kBatch> controls{};

  void prepare() {
    for (std::size_t i = 0; i < kBatch; ++i) {
      vectors[i] = {payloads[i].data(), payloads[i].size()};
      auto& header = messages[i].msg_hdr;
      header = {};
      header.msg_name = sources[i].get();
      header.msg_namelen = sizeof sources[i].storage;
      header.msg_iov = &vectors[i];
      header.msg_iovlen = 1;
      header.msg_control = controls[i].data();
      header.msg_controllen = kControlBytes;
    }
  }
};

}  // namespace

void read_drops(msghdr& header, std::uint32_t& drops) {
  for (auto* c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c))
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_RXQ_OVFL)
      std::memcpy(&drops, CMSG_DATA(c), sizeof drops);
}

UniqueFd open_socket(const NetNs& where, Family family, int type, std::uint8_t dscp, int protocol) {
  const int domain = family == Family::kIpv4 ? AF_INET : AF_INET6;
  UniqueFd socket = where.run([&] {
    return UniqueFd{check(::socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol),
                          "open an {} socket", to_string(family))};
  });
  set_option(socket.get(), SOL_SOCKET, SO_TIMESTAMPNS, 1);
  // A raw socket is of one family anyway, and refuses to be told.
  if (family == Family::kIpv6 && type != SOCK_RAW)
    set_option(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, 1);
  if (dscp != 0) {
    if (family == Family::kIpv4)
      set_option(socket.get(), IPPROTO_IP, IP_TOS, dscp << 2);
    else
      set_option(socket.get(), IPPROTO_IPV6, IPV6_TCLASS, dscp << 2);
  }
  return socket;
}

void bind_socket(int socket, const IpAddress& address, std::uint16_t port, Binding binding) {
  if (binding == Binding::kEarly) {
    const bool is_v4 = address.family() == Family::kIpv4;
    set_option(socket, is_v4 ? IPPROTO_IP : IPPROTO_IPV6, is_v4 ? IP_FREEBIND : IPV6_FREEBIND, 1);
  }
  const SocketAddress local{address, port};
  check(::bind(socket, local.get(), local.length), "bind a socket to {} port {}",
        to_string(address), port);
}

UdpPort::UdpPort(const NetNs& where, const IpAddress& address, std::uint16_t port,
                 std::uint8_t dscp, Binding binding)
    : socket_{open_socket(where, address.family(), SOCK_DGRAM, dscp)} {
  set_option(socket_.get(), SOL_SOCKET, SO_RXQ_OVFL, 1);
  // FORCE goes beyond net.core.rmem_max; where that is not permitted we get what is allowed.
  if (::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUFFORCE, &kReceiveBuffer,
                   sizeof kReceiveBuffer) != 0)
    set_option(socket_.get(), SOL_SOCKET, SO_RCVBUF, kReceiveBuffer);
  bind_socket(socket_.get(), address, port, binding);
}

int UdpPort::send(std::span<const std::uint8_t> payload, const SocketAddress& peer) const {
  for (int attempt = 0;; ++attempt) {
    if (::sendto(socket_.get(), payload.data(), payload.size(), MSG_NOSIGNAL, peer.get(),
                 peer.length) >= 0)
      return 0;
    if (attempt == 1) return errno;
  }
}

std::uint32_t UdpPort::receive(const std::function<void(const Datagram&)>& each) {
  thread_local Batch batch;
  batch.prepare();
  const int count = ::recvmmsg(socket_.get(), batch.messages.data(), kBatch, MSG_DONTWAIT, nullptr);
  std::uint32_t drops = dropped_;
  for (std::size_t i = 0; i < static_cast<std::size_t>(std::max(count, 0)); ++i) {
    auto& message = batch.messages[i];
    read_drops(message.msg_hdr, drops);
    const auto stamp = kernel_stamp(message.msg_hdr);
    batch.sources[i].length = message.msg_hdr.msg_namelen;
    each({std::span{batch.payloads[i]}.first(message.msg_len), batch.sources[i], stamp});
  }
  return drops - std::exchange(dropped_, drops);
}

std::uint16_t UdpPort::port() const {
  SocketAddress local;
  local.length = sizeof local.storage;
  check(::getsockname(socket_.get(), local.get(), &local.length), "read a socket's address");
  return local.port();
}

}  // namespace wandrill
