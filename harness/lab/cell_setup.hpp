// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

namespace wandrill {

/// Folders of this machine, and single files, that a cell needs.
struct CellPlaces {
  /// What it writes there stays; everything else is read-only.
  std::vector<std::filesystem::path> writable;
  /// Must be seen, although they may lie where the private tmpfs on /tmp and /run hides them.
  std::vector<std::filesystem::path> visible;
};

/// What a cell must see so that a program can read this file and its neighbours: its folder, or of
/// a file right in /tmp or /run, where the cell has its own, the file alone.
std::filesystem::path place_of(const std::filesystem::path& file);

/// Absolute, without symbolic links.
CellPlaces resolved(const CellPlaces& places);

/// Moves the calling process into new namespaces (a user namespace only when it is not root, with
/// the user mapped to root inside). Its next child is PID 1. Throws std::system_error that says
/// what to switch on when the kernel refuses.
void enter_namespaces();

/// Gives the cell its own /proc, /run and /tmp and its host name, and makes this machine's files
/// read-only but for its places. Call as PID 1.
void configure_cell(const CellPlaces& places);

}  // namespace wandrill
