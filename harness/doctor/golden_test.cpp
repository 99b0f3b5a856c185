// SPDX-License-Identifier: Apache-2.0
#include "base/testing/golden.hpp"

#include "doctor/diagnosis.hpp"

using namespace wandrill;
using testing::check_golden;

namespace {

/// A machine with something of everything: every third check fails, every seventh cannot be tried.
Diagnosis mixed() {
  Diagnosis diagnosis{
      .where = std::string{kThisMachine}, .kernel = "6.1.0-56-amd64", .cpus = 2, .root = false};
  int number = 0;
  for (const auto& check : all_checks()) {
    CheckAnswer finding{.id = std::string{check.id}, .answer = Answer::kYes};
    ++number;
    if (check.need == Need::kOptional && number % 3 == 0) finding.answer = Answer::kNo;
    if (number % 7 == 0) {
      finding.answer = Answer::kUnknown;
      finding.detail = "Device or resource busy";
    }
    if (check.id == "keepalived")
      finding = {.id = "keepalived", .answer = Answer::kYes, .detail = "2.2.7"};
    if (check.id == "tap")
      finding = {.id = "tap",
                 .answer = Answer::kNo,
                 .detail = "/dev/net/tun is not for this user",
                 .fix = "chmod 666 /dev/net/tun as root (its usual mode)"};
    diagnosis.findings.push_back(finding);
  }
  return diagnosis;
}

}  // namespace

TEST_CASE("The doctor's table is as approved, plain, narrow and in colour", "[doctor]") {
  check_golden("harness/doctor/golden/mixed.txt", to_text(mixed(), 100, false));
  check_golden("harness/doctor/golden/narrow.txt", to_text(mixed(), 60, false));
  check_golden("harness/doctor/golden/colour.txt", to_text(mixed(), 100, true));
}

TEST_CASE("The doctor's JSON is as approved", "[doctor]") {
  check_golden("harness/doctor/golden/mixed.json", to_document(mixed()).dump(2) + "\n");
}
