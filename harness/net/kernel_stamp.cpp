// SPDX-License-Identifier: Apache-2.0
#include "net/kernel_stamp.hpp"

#include <cstring>

namespace wandrill {

timespec kernel_stamp(msghdr& message) noexcept {
  timespec stamp{};
  for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part))
    if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_TIMESTAMPNS)
      std::memcpy(&stamp, CMSG_DATA(part), sizeof stamp);
  return stamp;
}

}  // namespace wandrill
