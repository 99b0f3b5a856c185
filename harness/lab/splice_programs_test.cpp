// SPDX-License-Identifier: Apache-2.0
#include "lab/splice_programs.hpp"

#include <cstddef>

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

struct Outcome {
  std::int64_t result = 0;
  std::uint32_t mark = 0;
  std::int64_t redirected_to = 0;  ///< 0: nowhere.
  std::int64_t flags = -1;
};

/// The few instructions that these programs have, on a frame with this mark.
Outcome play(const std::vector<bpf_insn>& code, std::uint32_t mark) {
  Outcome outcome{.mark = mark};
  std::int64_t registers[11] = {};
  for (std::size_t at = 0; at < code.size(); ++at) {
    const auto& step = code[at];
    switch (step.code) {
      case BPF_ALU64 | BPF_MOV | BPF_K:
        registers[step.dst_reg] = step.imm;
        break;
      case BPF_LDX | BPF_MEM | BPF_W:
        REQUIRE(step.src_reg == BPF_REG_1);
        REQUIRE(step.off == offsetof(__sk_buff, mark));
        registers[step.dst_reg] = outcome.mark;
        break;
      case BPF_STX | BPF_MEM | BPF_W:
        REQUIRE(step.dst_reg == BPF_REG_1);
        REQUIRE(step.off == offsetof(__sk_buff, mark));
        outcome.mark = static_cast<std::uint32_t>(registers[step.src_reg]);
        break;
      case BPF_JMP | BPF_JNE | BPF_K:
        if (registers[step.dst_reg] != step.imm) at += static_cast<std::size_t>(step.off);
        break;
      case BPF_JMP | BPF_CALL:
        REQUIRE(step.imm == BPF_FUNC_redirect);
        outcome.redirected_to = registers[BPF_REG_1];
        outcome.flags = registers[BPF_REG_2];
        registers[BPF_REG_0] = 7;  // TC_ACT_REDIRECT
        break;
      case BPF_JMP | BPF_EXIT:
        outcome.result = registers[BPF_REG_0];
        return outcome;
      default:
        FAIL("an instruction that these programs do not have");
    }
  }
  FAIL("the program has no end");
  return outcome;
}

}  // namespace

TEST_CASE("A frame is sent into the slot, and passes the second time without a mark", "[splice]") {
  const auto first = play(divert_program(12), 0);
  CHECK(first.redirected_to == 12);
  CHECK(first.flags == 0);
  const auto second = play(divert_program(12), kBeenThrough);
  CHECK(second.result == -1);
  CHECK(second.redirected_to == 0);
  CHECK(second.mark == 0);
}

TEST_CASE("What comes out of the slot arrives at the link's end or leaves by it", "[splice]") {
  const auto arriving = play(hand_back_program(4, Handover::kArrives), 0);
  CHECK(arriving.redirected_to == 4);
  CHECK(arriving.flags == BPF_F_INGRESS);
  CHECK(arriving.mark == kBeenThrough);
  const auto leaving = play(hand_back_program(4, Handover::kLeaves), 0);
  CHECK(leaving.redirected_to == 4);
  CHECK(leaving.flags == 0);
  CHECK(leaving.mark == kBeenThrough);
}
