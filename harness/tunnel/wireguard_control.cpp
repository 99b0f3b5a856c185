// SPDX-License-Identifier: Apache-2.0
#include "tunnel/wireguard_control.hpp"

#include <array>
#include <cstring>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/unique_fd.hpp"
#include "tunnel/wireguard.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kLongestAnswer = 64UL * 1024UL;

std::string read_answer(int socket) {
  std::string answer;
  std::array<char, 4096> buffer{};
  while (answer.size() < kLongestAnswer && !answer.ends_with("\n\n")) {
    const auto size = ::read(socket, buffer.data(), buffer.size());
    if (size <= 0) break;
    answer.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return answer;
}

}  // namespace

std::optional<std::string> ask_wireguard(const std::string& interface, const std::string& request) {
  const auto path = fmt::format("/run/wireguard/{}.sock", interface);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const UniqueFd socket{
      check(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), "open a Unix socket")};
  const timeval patience{.tv_sec = 1, .tv_usec = 0};
  check(::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience),
        "limit how long a socket waits");
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return std::nullopt;
  check(::send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL), "write to {}", path);
  auto answer = read_answer(socket.get());
  const auto error = wireguard_error(answer);
  if (!error) throw MachineError{fmt::format("{}: wireguard-go gave no answer within 1 s", path)};
  if (*error != 0)
    throw MachineError{fmt::format("{}: wireguard-go refused its configuration: {}", path,
                                   std::strerror(-*error))};
  return answer;
}

}  // namespace wandrill
