// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace wandrill {

/// Asks the kernel to run this thread ahead of all ordinary ones (SCHED_FIFO, ahead of the tester's
/// programs) and to fire its timers without slack. True if real-time scheduling was granted; an
/// ordinary user usually is refused, and the report says so. Children do not inherit it.
bool request_realtime();

}  // namespace wandrill
