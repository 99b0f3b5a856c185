// SPDX-License-Identifier: Apache-2.0
#include "lab/channel.hpp"

#include <array>
#include <string>
#include <vector>

#include <poll.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "base/json_text.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kLargestMessage = 128UL * 1024UL;
constexpr int kPatienceMs = 200;

/// Else an end of file was an empty message.
bool is_hung_up(int fd) {
  pollfd line{fd, POLLIN, 0};
  return ::poll(&line, 1, 0) > 0 && (line.revents & (POLLHUP | POLLERR)) != 0;
}

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
  const auto size = ::recv(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT | MSG_TRUNC);
  if (size > 0 || (size == 0 && !is_hung_up(fd_.get()))) {
    const auto whole = static_cast<std::size_t>(size);
    const bool fits = whole <= buffer.size();
    auto message = fits ? parse_json({buffer.data(), whole}) : std::nullopt;
    return {.message = std::move(message).value_or(Json(Json::value_t::discarded))};
  }
  const bool nothing_yet = size < 0 && (errno == EAGAIN || errno == EINTR);
  return {.message = nullptr, .closed = !nothing_yet};
}

}  // namespace wandrill
