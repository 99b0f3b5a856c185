// SPDX-License-Identifier: Apache-2.0
#include "traffic/tcp/tcp_receive.hpp"

#include <array>
#include <cerrno>

#include <sys/socket.h>

#include "net/kernel_stamp.hpp"

namespace wandrill {

StampedBytes receive_stamped(int socket, std::span<std::uint8_t> buffer) {
  alignas(cmsghdr) std::array<std::uint8_t, 128> control;
  iovec vector{buffer.data(), buffer.size()};
  msghdr header{};
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  const auto count = ::recvmsg(socket, &header, MSG_DONTWAIT);
  if (count == 0) return {.bytes = {}, .ending = 0};
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return {};
  if (count < 0) return {.bytes = {}, .ending = errno};
  return {.bytes = buffer.first(static_cast<std::size_t>(count)), .stamp = kernel_stamp(header)};
}

}  // namespace wandrill
