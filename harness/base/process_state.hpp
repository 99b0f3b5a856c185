// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

namespace wandrill {

/// The state letter of proc(5): 'R' runs, 'T' is stopped, 'Z' has ended and was not waited for yet;
/// 0: there is no such process.
char process_state(pid_t pid);

/// It is there and has not ended.
bool is_alive(pid_t pid);

}  // namespace wandrill
