// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>

#include "base/testing/catch.hpp"
#include "doctor/diagnose.hpp"
#include "doctor/find_program.hpp"
#include "doctor/probes.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

TEST_CASE("Every check but those of the VM is tried, in the order of the table", "[doctor]") {
  std::size_t told = 0;
  const auto diagnosis = diagnose(kThisMachine, [&](const CheckAnswer&) { ++told; });
  std::vector<std::string> wanted;
  for (const auto& check : all_checks())
    if (check.id != "qemu" && check.id != "guest_kernel" && check.id != "kvm")
      wanted.emplace_back(check.id);
  std::vector<std::string> seen;
  for (const auto& finding : diagnosis.findings)
    seen.push_back(finding.id);
  CHECK(seen == wanted);
  CHECK(told == wanted.size());
}

TEST_CASE("A machine that runs these tests can make cells, cables and the wire engine",
          "[doctor]") {
  const auto diagnosis = diagnose(kThisMachine, [](const CheckAnswer&) {});
  for (const char* id : {"cell", "cables", "wire", "nat4", "ct_flush", "policy4", "pfifo"}) {
    INFO(id);
    CHECK(diagnosis.answer_to(id) == Answer::kYes);
  }
}

TEST_CASE("A program that does not end is given up", "[doctor]") {
  CHECK_FALSE(run_program({"sleep", "60"}, 200ms));
  const auto end = run_program({"sh", "-c", "echo hello; exit 5"}, 10s);
  REQUIRE(end);
  CHECK(end->status == 5);
  CHECK(end->output == "hello\n");
}

TEST_CASE("What the kernel says becomes an answer", "[doctor]") {
  CHECK(judged(0).answer == Answer::kYes);
  CHECK(judged(ENOENT).answer == Answer::kNo);
  CHECK(judged(EOPNOTSUPP).answer == Answer::kNo);
  CHECK(judged(EPERM).detail == "Operation not permitted");
  CHECK(judged(EBUSY).answer == Answer::kUnknown);
}
