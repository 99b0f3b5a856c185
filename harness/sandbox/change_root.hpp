// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

namespace wandrill {

/// Leaves a chroot: from a working directory outside of the root, ".." leads on to the top
/// (chroot(2)). The root is there, too, afterwards. Does nothing to a process that is in none.
void climb_to_the_top();

/// Puts the mount `root` over the root of the mount namespace, also from a chroot, so that every
/// process that enters the namespace lands in it. Throws std::system_error.
void change_root(const std::filesystem::path& root);

}  // namespace wandrill
