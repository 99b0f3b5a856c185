// SPDX-License-Identifier: Apache-2.0
#include "net/exec_descriptors.hpp"

#include <algorithm>
#include <cerrno>
#include <limits>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace wandrill {
namespace {

constexpr unsigned kFirst = STDERR_FILENO + 1;
/// A hard limit on descriptors may be "none"; nobody has opened more than these.
constexpr rlim_t kMostLookedAt = 1U << 20U;

}  // namespace

void close_all_on_exec() noexcept {
  const int before = errno;
  if (::syscall(SYS_close_range, kFirst, std::numeric_limits<unsigned>::max(),
                CLOSE_RANGE_CLOEXEC) != 0) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const auto end = static_cast<int>(std::min(limit.rlim_max, kMostLookedAt));
    for (int fd = kFirst; fd < end; ++fd)
      ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  errno = before;
}

}  // namespace wandrill
