// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "vm/guest_files.hpp"

namespace wandrill {

/// What runs the guest's instructions: the processor (KVM) or QEMU itself (TCG).
enum class Accelerator : std::uint8_t { kKvm, kTcg };

std::string_view to_string(Accelerator accelerator);

/// A VM that is gone when it is switched off: no disk, no network card, nothing kept.
struct GuestMachine {
  GuestFiles files;
  Accelerator accelerator = Accelerator::kTcg;
  std::filesystem::path run_folder;  ///< Shared with the guest, to be written by it.
  std::filesystem::path console;     ///< Where the guest's kernel messages go.
  unsigned cpus = 2;
  unsigned memory_mib = 2048;
  int line = -1;  ///< A connected stream socket, the other end of the guest's port "wandrill".
};

/// argv of qemu-system-x86_64(1). The host's root is shared read-only over 9p, which needs no
/// privilege.
std::vector<std::string> qemu_command(const GuestMachine& machine);

/// A line of `guest.job`, which the guest's first program sources: NAME='value', quoted for sh.
std::string job_line(std::string_view name, std::string_view value);

}  // namespace wandrill
