// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace wandrill {

/// Every descriptor of this process above standard error is closed by the next exec, whoever opened
/// it and however: a stream of the C++ library, a library's socket, what our own parent left open.
/// Safe between fork and exec: close_range(2), and fcntl(2) for each where the kernel is older than
/// 5.11. Leaves errno alone.
void close_all_on_exec() noexcept;

}  // namespace wandrill
