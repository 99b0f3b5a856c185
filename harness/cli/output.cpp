// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include <cerrno>
#include <system_error>

namespace wandrill {
namespace {

/// Of the first flush that failed.
int first_reason = 0;

}  // namespace

void flush(std::FILE* out) noexcept {
  errno = 0;
  if (std::fflush(out) != 0 && out == stdout && first_reason == 0) first_reason = errno;
}

void require_output_written() {
  flush(stdout);
  if (first_reason != 0 || std::ferror(stdout) != 0)
    throw std::system_error{first_reason != 0 ? first_reason : EIO, std::generic_category(),
                            "write to standard output"};
}

}  // namespace wandrill
