// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include <linux/bpf.h>

namespace wandrill {

/// The mark (SO_MARK) of a frame that has been through its slot; seen within one namespace, and
/// only between two of these programs. Positive as a signed number, as BPF compares it.
inline constexpr std::int32_t kBeenThrough = 0x57'41'4e'44;

/// A program at the end of a link that is spliced: sends each frame out at interface `to`, and lets
/// those that have been through the slot pass, as if there were no program.
std::vector<bpf_insn> divert_program(int to);

/// Whether a frame arrives at an interface or leaves by it.
enum class Handover : std::uint8_t { kArrives, kLeaves };

/// A program at what comes out of the slot: hands each frame to interface `to`, marked.
std::vector<bpf_insn> hand_back_program(int to, Handover how);

}  // namespace wandrill
