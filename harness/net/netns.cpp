// SPDX-License-Identifier: Apache-2.0
#include "net/netns.hpp"

#include <exception>

#include <fcntl.h>
#include <sched.h>

#include "base/error.hpp"

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

}  // namespace

NetNs NetNs::create() {
  const UniqueFd home = open_current_netns();
  check(::unshare(CLONE_NEWNET), "create a network namespace (needs CAP_SYS_ADMIN)");
  UniqueFd fresh;
  try {
    fresh = open_current_netns();
  } catch (...) {
    return_to(home);
    throw;
  }
  return_to(home);
  return NetNs{std::move(fresh)};
}

NetNs::Visit::Visit(const UniqueFd& target) : home_{open_current_netns()} {
  check(::setns(target.get(), CLONE_NEWNET), "enter network namespace fd {}", target.get());
}

NetNs::Visit::~Visit() {
  return_to(home_);
}

}  // namespace wandrill
