// SPDX-License-Identifier: Apache-2.0
#include "lab/splice_programs.hpp"

#include <cstddef>

namespace wandrill {
namespace {

constexpr auto kMark = static_cast<std::int16_t>(offsetof(__sk_buff, mark));
/// Goes on to what else stands at the interface: TCX_NEXT.
constexpr std::int32_t kNext = -1;

/// A register's number has four bits of an instruction: constants fit, as the compiler sees.
template <std::uint8_t Target>
bpf_insn set(std::int32_t value) {
  return {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = Target, .imm = value};
}

template <std::uint8_t Target>
bpf_insn load_mark() {
  return {.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = Target, .src_reg = BPF_REG_1, .off = kMark};
}

template <std::uint8_t Source>
bpf_insn store_mark() {
  return {.code = BPF_STX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_1, .src_reg = Source, .off = kMark};
}

template <std::uint8_t Value>
bpf_insn skip_unless(std::int32_t wanted, std::int16_t skipped) {
  return {.code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = Value, .off = skipped, .imm = wanted};
}

bpf_insn end() {
  return {.code = BPF_JMP | BPF_EXIT};
}

/// bpf-helpers(7): bpf_redirect(to, flags), whose result is the program's.
void add_redirect(std::vector<bpf_insn>& code, int to, std::int32_t flags) {
  code.push_back(set<BPF_REG_1>(to));
  code.push_back(set<BPF_REG_2>(flags));
  code.push_back({.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_redirect});
  code.push_back(end());
}

}  // namespace

std::vector<bpf_insn> divert_program(int to) {
  std::vector<bpf_insn> code{load_mark<BPF_REG_2>(), skip_unless<BPF_REG_2>(kBeenThrough, 4),
                             set<BPF_REG_2>(0),      store_mark<BPF_REG_2>(),
                             set<BPF_REG_0>(kNext),  end()};
  add_redirect(code, to, 0);
  return code;
}

std::vector<bpf_insn> hand_back_program(int to, Handover how) {
  std::vector<bpf_insn> code{set<BPF_REG_2>(kBeenThrough), store_mark<BPF_REG_2>()};
  add_redirect(code, to, how == Handover::kArrives ? BPF_F_INGRESS : 0);
  return code;
}

}  // namespace wandrill
