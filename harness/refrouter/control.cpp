// SPDX-License-Identifier: Apache-2.0
#include "refrouter/control.hpp"

#include <array>
#include <cerrno>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>

#include "base/error.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kLongestMessage = 16UL * 1024UL;
constexpr int kClientsWaiting = 8;

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    check(-1, "control socket {}", path);
  }
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

/// What one connection says; nothing (with errno) when there is nothing.
ssize_t receive(int fd, std::string& message) {
  message.resize(kLongestMessage);
  const auto size = ::recv(fd, message.data(), message.size(), 0);
  message.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return size;
}

void remove_old_socket(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode)) ::unlink(path.c_str());
}

}  // namespace

ControlServer::ControlServer(std::string path)
    : path_{std::move(path)},
      listener_{check(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
                      "open the control socket")} {
  const auto address = address_of(path_);
  remove_old_socket(path_);
  check(::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
        "make control socket {}", path_);
  check(::listen(listener_.get(), kClientsWaiting), "listen at control socket {}", path_);
}

ControlServer::~ControlServer() {
  ::unlink(path_.c_str());
}

std::vector<int> ControlServer::fds() const {
  std::vector<int> fds{listener_.get()};
  for (const auto& client : clients_)
    fds.push_back(client.get());
  return fds;
}

void ControlServer::serve(const std::function<std::string(const std::string&)>& answer) {
  for (;;) {
    UniqueFd client{::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
    if (!client) break;
    clients_.push_back(std::move(client));
  }
  std::erase_if(clients_, [&](const UniqueFd& client) {
    std::string request;
    const auto size = receive(client.get(), request);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (size > 0) {
      const auto text = answer(request);
      static_cast<void>(::send(client.get(), text.data(), text.size(), MSG_NOSIGNAL));
    }
    return true;
  });
}

std::string ask_router(const std::string& path, const std::string& request) {
  const UniqueFd fd{
      check(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0), "open a control socket")};
  const auto address = address_of(path);
  constexpr timeval kPatience{.tv_sec = 5, .tv_usec = 0};
  check(::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience),
        "wait for the router");
  check(::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
        "reach the router at {} (does it run?)", path);
  check(::send(fd.get(), request.data(), request.size(), MSG_NOSIGNAL), "ask the router at {}",
        path);
  std::string reply;
  check(receive(fd.get(), reply), "hear from the router at {}", path);
  return reply;
}

}  // namespace wandrill
