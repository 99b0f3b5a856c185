// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "vm/guest_files.hpp"

namespace wandrill {

/// Which kernel `--vm` boots, as asked on the command line.
struct KernelChoice {
  std::optional<std::string> image;    ///< --kernel; nothing: the unpacked one.
  std::optional<std::string> modules;  ///< --modules
};

/// Throws ConfigError for a kernel that cannot be booted, MachineError when there is none.
GuestFiles find_kernel(const KernelChoice& choice);

/// `wandrill vm setup`: unpacks Debian's kernel into `folder` ("": where it is looked for). Returns
/// the exit code.
int set_up_vm(const std::string& folder);

}  // namespace wandrill
