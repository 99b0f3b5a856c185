// SPDX-License-Identifier: Apache-2.0
#include "lab/channel.hpp"

#include <array>
#include <string>
#include <vector>

#include <poll.h>
#include <sys/socket.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kLargestMessage = 128UL * 1024UL;
constexpr int kPatienceMs = 200;

}  // namespace

Channel::Pair Channel::create() {
  std::array<int, 2> ends{};
  check(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()),
        "create the channel to the cell");
  return Pair{Channel{UniqueFd{ends[0]}}, Channel{UniqueFd{ends[1]}}};
}

void Channel::send(const Json& message) const {
  std::string text = message.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kLargestMessage) return;
  if (::send(fd_.get(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) return;
  if (errno != EAGAIN) return;
  pollfd writable{fd_.get(), POLLOUT, 0};
  if (::poll(&writable, 1, kPatienceMs) > 0)
    (void)::send(fd_.get(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

Channel::Received Channel::receive() const {
  std::vector<char> buffer(kLargestMessage);
  const auto size = ::recv(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size > 0) {
    auto message = Json::parse(buffer.begin(), buffer.begin() + size, nullptr, false);
    if (message.is_discarded()) return {.message = nullptr};
    return {.message = std::move(message)};
  }
  const bool nothing_yet = size < 0 && (errno == EAGAIN || errno == EINTR);
  return {.message = nullptr, .closed = !nothing_yet};
}

}  // namespace wandrill
