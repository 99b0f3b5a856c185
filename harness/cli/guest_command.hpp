// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

namespace wandrill {

/// What a VM runs as its PID 1 (see harness/vm/guest_init): does the task of its folder
/// (vm/guest_job.hpp), as playing a plan in a cell, and tells the host of it over the port
/// "wandrill", one JSON message a line; then switches the VM off.
///
///   {"type": "hello"}                                  it is up
///   what a cell tells its parent (run/progress.hpp)
///   {"type": "finding", "finding": …}                  of `doctor --vm`, as it comes
///   {"type": "diagnosis", "diagnosis": …}              all of them
///   {"type": "end", "interrupted", "error": …}         the run is over, its Recording is in the
///   folder
///
/// The host may send {"type": "interrupt"}. Throws MachineError when it is not PID 1.
[[noreturn]] void run_as_guest(const std::filesystem::path& run_folder);

}  // namespace wandrill
