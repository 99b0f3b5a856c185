// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace wandrill {

/// Whether a mount's submounts are meant, too.
enum class Submounts { kWithout, kWith };

/// A tmpfs without device files and set-user-ID programs. `options` as in tmpfs(5): "mode=1777".
/// All of these throw std::system_error, naming the folder, unless they say otherwise.
void mount_tmpfs(const std::filesystem::path& target, const std::string& options);

/// Shows `source` (a folder or a file) at `target` as well, which must exist.
void bind_mount(const std::filesystem::path& source, const std::filesystem::path& target,
                Submounts submounts);

/// For what is mounted at `target`: mount_setattr(2), Linux 5.12.
void set_read_only(const std::filesystem::path& target, Submounts submounts);
void set_writable(const std::filesystem::path& target);

/// A private writable view of `lower`: what is written goes to `upper`, and `lower` stays as it is.
/// `upper` and `work` are empty folders of one file system. Without device files and set-user-ID
/// programs. False where the kernel has no overlay here: overlayfs is not there, is not for
/// ordinary users, does not take `lower`, or something is mounted below it that may not be hidden.
bool mount_overlay(const std::filesystem::path& lower, const std::filesystem::path& upper,
                   const std::filesystem::path& work, const std::filesystem::path& target);

/// Every place where something is mounted, in the order of mounting: proc_pid_mountinfo(5).
std::vector<std::filesystem::path> mount_points();

}  // namespace wandrill
