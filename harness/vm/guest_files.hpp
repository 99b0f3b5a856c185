// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace wandrill {

/// A kernel to boot, as `wandrill vm setup` unpacks it.
struct GuestFiles {
  std::filesystem::path kernel;
  std::filesystem::path initramfs;
  std::filesystem::path modules;  ///< lib/modules, with a folder for its release.
  std::string release;            ///< "6.1.0-56-amd64"
};

/// The guest of a folder. Throws MachineError that names what is missing and how to get it.
GuestFiles find_guest_files(const std::filesystem::path& folder);

}  // namespace wandrill
