// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace wandrill {

/// Where the root is put together, in the cell's own /run; may be removed once it stands.
inline constexpr const char* kSandboxWorkshop = "/run/.sandbox";

/// Gives the calling process, which must be alone in its mount namespace, another root: this
/// machine's files to read, and what is written goes to memory and ends with the cell. Its /dev has
/// no disks and no kernel memory, its /sys and the settings of the kernel in /proc are read-only
/// but for those of network namespaces. /run and /tmp are the cell's own.
///
/// Where overlayfs is not to be had for a folder, that folder is read-only. Throws
/// std::system_error.
void enter_sandbox_root();

}  // namespace wandrill
