// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <ctime>

#include <sys/socket.h>

namespace wandrill {

/// When the kernel took a message in, by its wall clock: SO_TIMESTAMPNS, socket(7). All zero: it
/// did not say.
timespec kernel_stamp(msghdr& message) noexcept;

}  // namespace wandrill
