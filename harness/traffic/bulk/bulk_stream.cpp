// SPDX-License-Identifier: Apache-2.0
#include "traffic/bulk/bulk_stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <sys/socket.h>

namespace wandrill {
namespace {

constexpr std::size_t kChunk = 16UL * 1024UL;
/// One wake of the loop must not starve the calls beside it.
constexpr std::size_t kMostAtOnce = 256UL * 1024UL;

}  // namespace

std::uint64_t BulkStream::write(std::uint64_t most) {
  static constexpr std::array<std::uint8_t, kChunk> kNothing{};
  std::uint64_t written = 0;
  most = std::min<std::uint64_t>(most, kMostAtOnce);
  while (written < most) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(most - written, kChunk));
    const auto taken = ::send(socket_.get(), kNothing.data(), size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (taken <= 0) break;  // what ended it, reading tells
    written += static_cast<std::uint64_t>(taken);
  }
  return written;
}

std::optional<int> BulkStream::read(Volume& volume) {
  for (std::size_t total = 0; total < kMostAtOnce;) {
    // tcp(7): with MSG_TRUNC the bytes are discarded, and nothing is copied.
    const auto size = ::recv(socket_.get(), nullptr, kMostAtOnce, MSG_TRUNC | MSG_DONTWAIT);
    if (size == 0) return 0;
    if (size < 0) {
      if (errno == EAGAIN || errno == EINTR) return std::nullopt;
      return errno;
    }
    volume.received += static_cast<std::uint64_t>(size);
    total += static_cast<std::size_t>(size);
  }
  return std::nullopt;
}

}  // namespace wandrill
