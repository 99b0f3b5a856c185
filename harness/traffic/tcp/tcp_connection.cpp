// SPDX-License-Identifier: Apache-2.0
#include "traffic/tcp/tcp_connection.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "traffic/tcp/tcp_receive.hpp"

namespace wandrill {
namespace {
/// More than that is never late, but lost: its reader has been away for too long.
constexpr std::size_t kMostWaiting = 8UL * 1024UL * 1024UL;
}  // namespace

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

void TcpConnection::write_burst(const PacketHeader& header, std::uint32_t messages) {
  if (rest_.size() > kMostWaiting) return;
  for (std::uint32_t left = messages; left > 0; --left) {
    encode(left > 1 ? PacketHeader{.flow = header.flow, .nonce = ~header.nonce} : header, message_);
    rest_.insert(rest_.end(), message_.begin(), message_.end());
  }
  flush();
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
  for (;;) {
    const auto got = receive_stamped(socket_.get(), bytes);
    if (got.ending) return *got.ending == 0 ? broken_ : *got.ending;
    if (got.bytes.empty()) return std::nullopt;
    if (!incoming_.feed(got.bytes, [&](const PacketHeader& h) { each(h, got.stamp); }))
      return EPROTO;
  }
}

}  // namespace wandrill
