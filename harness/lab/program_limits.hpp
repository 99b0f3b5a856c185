// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace wandrill {

/// What all programs of a lab together use of this machine.
struct ProgramUse {
  std::size_t processes = 0;
  std::string most_of_them;  ///< The name that most of the processes have; looked up for many only.
  std::uint64_t memory = 0;  ///< Resident, bytes; pages that several share count for each.
  std::string largest;       ///< The name of the process that uses most of it.
  std::string full_folder;   ///< One of the cell's own that is full; empty: none is.
};

/// What they may use. Limits of control groups would outlive a run that is killed, and the kernel
/// counts no processes of root; so the cell looks, four times a second.
struct ProgramLimits {
  std::size_t processes = 2'000;
  std::uint64_t memory = 0;  ///< Bytes; 0: as much as there is.

  /// Half of the memory of this machine.
  static ProgramLimits of_this_machine();
};

/// Counts every process of the cell's PID namespace but the caller.
ProgramUse look_at_programs(const ProgramLimits& limits);

/// What is too much, in a sentence; empty when nothing is.
std::string excess_text(const ProgramUse& use, const ProgramLimits& limits);

}  // namespace wandrill
