// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>

#include <linux/bpf.h>

#include "base/unique_fd.hpp"
#include "net/netns.hpp"

namespace wandrill {

/// Which frames of an interface a program sees.
enum class TcxPoint : std::uint8_t { kIngress, kEgress };

/// A classifier program (BPF_PROG_TYPE_SCHED_CLS) at an interface, by a tcx link: it is there as
/// long as this lives, and the kernel takes it away when the process that holds it ends in any way.
/// bpf(2), BPF_LINK_CREATE; Linux 6.6 or later.
class TcxProgram {
 public:
  /// Takes the interface by its index in `ns`. Throws MachineError where the kernel has no tcx,
  /// std::system_error for all else.
  TcxProgram(const NetNs& ns, int interface_index, TcxPoint point, std::span<const bpf_insn> code);

 private:
  UniqueFd link_;
};

}  // namespace wandrill
