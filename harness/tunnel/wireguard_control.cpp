// SPDX-License-Identifier: Apache-2.0
#include "tunnel/wireguard_control.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/pressure.hpp"
#include "base/unique_fd.hpp"
#include "tunnel/wireguard.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kLongestAnswer = 64UL * 1024UL;

using namespace std::chrono_literals;

constexpr Nanos kAnswersWithin = 1s;
constexpr timeval kAnswerSlice{.tv_sec = 0, .tv_usec = 20'000};

/// `socket` gives up a read after kAnswerSlice.
std::string read_answer(int socket, Patience& patience) {
  std::string answer;
  std::array<char, 4096> buffer{};
  while (answer.size() < kLongestAnswer && !answer.ends_with("\n\n")) {
    const auto size = ::read(socket, buffer.data(), buffer.size());
    const bool may_come = size < 0 && (errno == EAGAIN || errno == EINTR);
    if (size > 0) answer.append(buffer.data(), static_cast<std::size_t>(size));
    if (patience.is_over(look_now()) || (size <= 0 && !may_come)) break;
  }
  return answer;
}

}  // namespace

std::optional<std::string> ask_wireguard(const std::string& interface, const std::string& request,
                                         const Notify& notify) {
  const auto path = fmt::format("/run/wireguard/{}.sock", interface);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const UniqueFd socket{
      check(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), "open a Unix socket")};
  check(::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &kAnswerSlice, sizeof kAnswerSlice),
        "limit how long a socket waits");
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return std::nullopt;
  check(::send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL), "write to {}", path);
  Patience patience{kAnswersWithin, look_now()};
  auto answer = read_answer(socket.get(), patience);
  const auto error = wireguard_error(answer);
  if (!error)
    throw MachineError{
        fmt::format("{}: wireguard-go gave no answer within {}", path, patience.text())};
  if (*error != 0)
    throw MachineError{fmt::format("{}: wireguard-go refused its configuration: {}", path,
                                   std::strerror(-*error))};
  patience.notify_if_stretched(notify, path + ": wireguard-go answered");
  return answer;
}

}  // namespace wandrill
