// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdio>

namespace wandrill {

/// Flushes what was printed to `out`, and remembers why when it could not be written: the C library
/// drops it, and says at the next flush that all is well.
void flush(std::FILE* out) noexcept;

/// Throws std::system_error that names standard output when anything printed there so far, flushed
/// or not, could not be written.
void require_output_written();

}  // namespace wandrill
