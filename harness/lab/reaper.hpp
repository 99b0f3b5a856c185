// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include <sys/types.h>

namespace wandrill {

/// Reaps children of this process that have ended and that nobody waits for: a daemon's own
/// children become PID 1's when the daemon ends. `is_owned`: somebody else will reap it. Never
/// blocks.
void reap_orphans(const std::function<bool(pid_t)>& is_owned);

}  // namespace wandrill
