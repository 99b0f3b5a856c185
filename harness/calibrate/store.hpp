// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "calibrate/calibration.hpp"

namespace wandrill {

/// Where this user's calibrations are kept: $XDG_STATE_HOME/wandrill/calibration.json, or below
/// ~/.local/state. Empty: nowhere.
std::filesystem::path calibration_file();

/// The name of this machine, as calibrations have it.
std::string machine_name();

/// All that are kept, the latest first; none when the file is missing or cannot be read: it is
/// worth no error.
std::vector<Calibration> read_calibrations(const std::filesystem::path& file);

/// Keeps it in the place of the one with the same key. Throws std::system_error.
void keep_calibration(const std::filesystem::path& file, const Calibration& calibration);

/// The latest of `kept` for this key; without an engine: of any.
const Calibration* find_calibration(const std::vector<Calibration>& kept,
                                    const CalibrationKey& key);

}  // namespace wandrill
