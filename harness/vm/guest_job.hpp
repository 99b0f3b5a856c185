// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "vm/guest_files.hpp"

namespace wandrill {

/// What a guest is booted for.
enum class GuestTask : std::uint8_t {
  kPlay,      ///< Plays plan.yaml of the run folder.
  kPlayBusy,  ///< The same, with every CPU of the guest kept busy.
  kDiagnose,  ///< Tries what the guest can do, as `wandrill doctor`.
  kExecute    ///< Runs a program: guest.command, one line each for folder, program and arguments.
};

/// Writes what the guest's first program needs to know into the folder that it shares with the
/// host: `guest.job`, sourced by guest_init, and `guest.task`, read by `program` itself. Throws
/// std::system_error.
void write_guest_job(const std::filesystem::path& folder, const GuestFiles& files,
                     const std::filesystem::path& program, GuestTask task);
/// Removes all of it.
void remove_guest_job(const std::filesystem::path& folder);

/// In the guest. Throws MachineError for a task that this version does not know.
GuestTask read_guest_task(const std::filesystem::path& folder);

}  // namespace wandrill
