// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "cli/supervisor.hpp"

namespace wandrill {

/// As supervise(), but in a VM that is booted for this run and gone after it. KVM where it boots
/// within 10 s, else QEMU's own emulation. Throws MachineError when there is no kernel or no QEMU.
CellEnd supervise_in_vm(const std::filesystem::path& folder, LiveView& view);

}  // namespace wandrill
