// SPDX-License-Identifier: Apache-2.0
#include "vm/guest_files.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/files.hpp"

namespace wandrill {

namespace fs = std::filesystem;

GuestFiles find_guest_files(const fs::path& wanted) {
  // The guest sees the host's files from another root, where a link may lead elsewhere.
  std::error_code unreadable;
  const auto real = fs::canonical(wanted, unreadable);
  const auto& folder = unreadable ? wanted : real;
  const auto advice = "; 'wandrill vm setup' unpacks Debian's kernel, --kernel FILE takes another";
  if (!fs::exists(folder / "complete", unreadable))
    throw MachineError{
        fmt::format("boot a VM: there is no kernel in {}{}", folder.native(), advice)};
  // Unpacked, where it can be started so: an emulated processor takes seconds for that.
  const bool unpacked = fs::exists(folder / "vmlinux", unreadable);
  GuestFiles files{.kernel = folder / (unpacked ? "vmlinux" : "vmlinuz"),
                   .initramfs = folder / "initramfs.gz",
                   .modules = folder / "lib/modules",
                   .release = read_file(folder / "complete")};
  files.release.erase(files.release.find_last_not_of('\n') + 1);
  for (const auto& path : {files.kernel, files.initramfs, files.modules / files.release})
    if (!fs::exists(path, unreadable) || fs::is_empty(path))
      throw MachineError{
          fmt::format("boot a VM: {} is missing or empty; remove {} and let "
                      "'wandrill vm setup' unpack it anew",
                      path.native(), folder.native())};
  return files;
}

}  // namespace wandrill
