// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <vector>

namespace wandrill {

/// Folders that the private tmpfs on /tmp and /run would hide, absolute.
struct CellPlaces {
  std::vector<std::filesystem::path> kept;
};

CellPlaces places_to_keep(const std::vector<std::filesystem::path>& wanted);

/// Moves the calling process into new namespaces (a user namespace only when it is not root, with
/// the user mapped to root inside). Its next child is PID 1. Throws std::system_error that says
/// what to switch on when the kernel refuses.
void enter_namespaces();

/// Gives the cell its own /proc, /run and /tmp and its host name. Call as PID 1.
void furnish_cell(const CellPlaces& places);

}  // namespace wandrill
