// SPDX-License-Identifier: Apache-2.0
#include "traffic/tcp_connection.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "net/kernel_stamp.hpp"

namespace wandrill {

TcpConnection::TcpConnection(UniqueFd socket, std::size_t message_bytes)
    : socket_{std::move(socket)},
      incoming_{message_bytes},
      message_(std::max(message_bytes, kPacketHeaderBytes)) {
  const int on = 1;
  ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/// How many of the bytes the kernel took.
std::size_t TcpConnection::send_some(std::span<const std::uint8_t> bytes) {
  const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN && errno != ENOBUFS && errno != EINTR) broken_ = errno;
  return sent > 0 ? static_cast<std::size_t>(sent) : 0;
}

void TcpConnection::write(const PacketHeader& header) {
  if (!flush()) return;
  encode(header, message_);
  const auto sent = send_some(message_);
  if (sent > 0) rest_.assign(message_.begin() + static_cast<std::ptrdiff_t>(sent), message_.end());
}

bool TcpConnection::flush() {
  if (rest_.empty()) return true;
  const auto sent = send_some(rest_);
  rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(sent));
  return rest_.empty();
}

TcpConnection::Ending TcpConnection::read(
    const std::function<void(const PacketHeader&, const timespec&)>& each) {
  std::array<std::uint8_t, 16384> bytes;
  alignas(cmsghdr) std::array<std::uint8_t, 128> control;
  for (;;) {
    iovec vector{bytes.data(), bytes.size()};
    msghdr header{};
    header.msg_iov = &vector;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    const auto count = ::recvmsg(socket_.get(), &header, MSG_DONTWAIT);
    if (count == 0) return broken_;
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
    if (count < 0) return errno;
    const auto stamp = kernel_stamp(header);
    if (!incoming_.feed(std::span{bytes}.first(static_cast<std::size_t>(count)),
                        [&](const PacketHeader& h) { each(h, stamp); }))
      return EPROTO;
  }
}

}  // namespace wandrill
