// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "cli/supervisor.hpp"
#include "vm/guest_files.hpp"
#include "vm/guest_job.hpp"

namespace wandrill {

/// As supervise(), but in a VM that is booted with `files` for this task and gone after it. KVM
/// where it boots within 10 s, else QEMU's own emulation. What the guest tells is shown to `view`.
/// Throws MachineError when there is no QEMU.
CellEnd supervise_in_vm(const std::filesystem::path& folder, const GuestFiles& files,
                        LiveView& view, GuestTask task = GuestTask::kPlay);

}  // namespace wandrill
