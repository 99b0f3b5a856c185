// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace wandrill {

/// How a cell ended, as its parent saw it.
struct CellEnd {
  bool interrupted = false;  ///< By Ctrl-C, SIGTERM or SIGHUP at the parent.
  std::string error;         ///< Empty: it ended by itself, and its Recording says how.
};

/// Keeps in `end.json` of the run folder what the Recording of a killed cell cannot say: `report`
/// must come to the same outcome. Writes nothing for a cell that ended by itself. Throws
/// std::system_error.
void keep_cell_end(const std::filesystem::path& folder, const CellEnd& end);

/// What keep_cell_end() kept; a cell that ended by itself when there is no such file. Throws
/// MachineError that names a damaged one.
CellEnd read_cell_end(const std::filesystem::path& folder);

}  // namespace wandrill
