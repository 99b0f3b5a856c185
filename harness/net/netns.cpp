// SPDX-License-Identifier: Apache-2.0
#include "net/netns.hpp"

#include <cstring>
#include <exception>

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "net/limits.hpp"

namespace wandrill {
namespace {

constexpr const char* kThisThreadsNetNs = "/proc/thread-self/ns/net";

UniqueFd open_current_netns() {
  return UniqueFd{
      check(::open(kThisThreadsNetNs, O_RDONLY | O_CLOEXEC), "open {}", kThisThreadsNetNs)};
}

/// A thread left in the wrong namespace would send test traffic to the host network: stop at once.
void return_to(const UniqueFd& home) noexcept {
  if (::setns(home.get(), CLONE_NEWNET) != 0) std::terminate();
}

/// Of the namespace that the calling thread is in.
void set_loopback_up() {
  const UniqueFd socket{check(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a socket")};
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP;
  check(::ioctl(socket.get(), SIOCSIFFLAGS, &request), "set lo up");
}

}  // namespace

NetNs NetNs::create() {
  const UniqueFd home = open_current_netns();
  check_unshare(::unshare(CLONE_NEWNET), CLONE_NEWNET,
                "create a network namespace (needs CAP_SYS_ADMIN)");
  UniqueFd fresh;
  try {
    fresh = open_current_netns();
    set_loopback_up();
  } catch (...) {
    return_to(home);
    throw;
  }
  return_to(home);
  return NetNs{std::move(fresh)};
}

NetNs NetNs::adopt(UniqueFd fd) {
  NetNs ns{std::move(fd)};
  ns.run(set_loopback_up);
  return ns;
}

NetNs NetNs::of(UniqueFd fd) {
  return NetNs{std::move(fd)};
}

NetNs NetNs::current() {
  return NetNs{open_current_netns()};
}

NetNs::Visit::Visit(const UniqueFd& target) : home_{open_current_netns()} {
  check(::setns(target.get(), CLONE_NEWNET), "enter network namespace fd {}", target.get());
}

NetNs::Visit::~Visit() {
  return_to(home_);
}

}  // namespace wandrill
