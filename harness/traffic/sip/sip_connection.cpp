// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_connection.hpp"

#include <array>
#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace wandrill {
namespace {
constexpr std::size_t kMostRest = 1024 * 1024;
}  // namespace

SipConnection::SipConnection(UniqueFd socket, SipStream::End end)
    : socket_{std::move(socket)}, stream_{end} {
  const int on = 1;
  ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void SipConnection::send(std::string_view text) {
  rest_ += text;
  if (rest_.size() > kMostRest) broken_ = ENOBUFS;
  flush();
}

bool SipConnection::flush() {
  if (rest_.empty()) return true;
  const auto sent = ::send(socket_.get(), rest_.data(), rest_.size(), MSG_NOSIGNAL);
  if (sent > 0) rest_.erase(0, static_cast<std::size_t>(sent));
  if (sent < 0 && errno != EAGAIN && errno != ENOBUFS && errno != EINTR) {
    broken_ = errno;
    rest_.clear();
  }
  return rest_.empty();
}

SipConnection::Ending SipConnection::read(const SipStream::Each& each) {
  std::array<char, 16384> bytes;
  for (;;) {
    const auto count = ::recv(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count == 0) return broken_;
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
      return broken_ == 0 ? std::nullopt : Ending{broken_};
    if (count < 0) return errno;
    if (!stream_.feed({bytes.data(), static_cast<std::size_t>(count)}, each)) return EPROTO;
  }
}

}  // namespace wandrill
