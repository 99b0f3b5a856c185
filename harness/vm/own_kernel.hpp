// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>

#include "vm/guest_files.hpp"

namespace wandrill {

/// A kernel of the user's to boot in the place of the unpacked one.
struct OwnKernel {
  std::filesystem::path image;  ///< A bzImage.
  /// Where its modules are: the folder of its release, or one that has lib/modules/<release>.
  /// Nothing: beside the image, or in /lib/modules. "none": it has all it needs built in.
  std::optional<std::filesystem::path> modules;
};

/// Makes it ready to boot: looks at the image, finds its modules, and has an initramfs made for it
/// by `scripts`/make_initramfs, kept below `cache`. Throws ConfigError for a kernel that cannot be
/// booted, MachineError when no initramfs can be made.
GuestFiles prepare_kernel(const OwnKernel& kernel, const std::filesystem::path& scripts,
                          const std::filesystem::path& cache);

}  // namespace wandrill
