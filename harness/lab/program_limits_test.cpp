// SPDX-License-Identifier: Apache-2.0
#include "lab/program_limits.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("What the programs of a lab may use is said with who used it", "[lab]") {
  const ProgramLimits limits{.processes = 10, .memory = 100UL << 20U};
  CHECK(excess_text({.processes = 10, .memory = 100UL << 20U}, limits).empty());
  CHECK(excess_text({.processes = 11, .most_of_them = "bomb"}, limits) ==
        "the lab's programs have 11 processes, most of them called 'bomb': more than 10 are not "
        "allowed");
  CHECK(excess_text({.processes = 1, .memory = 200UL << 20U, .largest = "eater"}, limits) ==
        "the lab's programs use 200 MiB of memory, 'eater' most of it: more than 100 MiB, half of "
        "this machine's, is not allowed");
  CHECK(excess_text({.full_folder = "/run"}, limits) ==
        "the lab's programs have filled /run, which holds a twentieth of this machine's memory");
}

TEST_CASE("Processes and memory of others are seen", "[lab]") {
  const auto use = look_at_programs(ProgramLimits::of_this_machine());
  CHECK(use.processes > 0);
  const auto many = look_at_programs({.processes = 0});
  CHECK(many.processes > 0);
  CHECK_FALSE(many.most_of_them.empty());
}
