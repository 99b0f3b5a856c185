// SPDX-License-Identifier: Apache-2.0
#include "doctor/diagnosis.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/testing/catch.hpp"
#include "reports/text_layout.hpp"

using namespace wandrill;

namespace {

Diagnosis healthy() {
  Diagnosis diagnosis{.where = std::string{kThisMachine}, .kernel = "6.1.0", .cpus = 2};
  for (const auto& check : all_checks())
    diagnosis.findings.push_back({.id = std::string{check.id}, .answer = Answer::kYes});
  return diagnosis;
}

CheckAnswer& finding(Diagnosis& diagnosis, std::string_view id) {
  return *std::ranges::find(diagnosis.findings, id, &CheckAnswer::id);
}

}  // namespace

TEST_CASE("Each check has an id of its own, both meanings, and a fix", "[doctor]") {
  std::set<std::string_view> ids;
  for (const auto& check : all_checks()) {
    INFO(check.id);
    CHECK(ids.insert(check.id).second);
    CHECK_FALSE(check.if_yes.empty());
    CHECK_FALSE(check.if_no.empty());
    // The fix of a cell that cannot be made is in the kernel's refusal.
    CHECK((!check.fix.empty() || check.id == "cell"));
    CHECK(find_check(check.id) == &check);
  }
  CHECK(find_check("warp drive") == nullptr);
}

TEST_CASE("The checks of a group stand together", "[doctor]") {
  std::set<std::string_view> seen;
  std::string_view group;
  for (const auto& check : all_checks()) {
    if (check.group != group) CHECK(seen.insert(check.group).second);
    group = check.group;
  }
}

TEST_CASE("Drills need every need of the main job, and one engine", "[doctor]") {
  auto diagnosis = healthy();
  CHECK(diagnosis.can_drill());
  finding(diagnosis, "netem").answer = Answer::kNo;
  CHECK(diagnosis.can_drill());
  finding(diagnosis, "wire").answer = Answer::kUnknown;
  CHECK_FALSE(diagnosis.can_drill());
  finding(diagnosis, "netem").answer = Answer::kYes;
  CHECK(diagnosis.can_drill());
  for (const auto& check : all_checks()) {
    auto without = healthy();
    finding(without, check.id).answer = Answer::kNo;
    INFO(check.id);
    CHECK(without.can_drill() == (check.need == Need::kOptional));
  }
}

TEST_CASE("What was never looked at is unknown, and nobody can drill by it", "[doctor]") {
  const Diagnosis nothing;
  CHECK(nothing.answer_to("netem") == Answer::kUnknown);
  CHECK_FALSE(nothing.can_drill());
}

TEST_CASE("The conclusion names the engines, or what is missing", "[doctor]") {
  auto diagnosis = healthy();
  CHECK(conclusion(diagnosis) == "Drills run on this machine, with the engines wire and netem.");
  finding(diagnosis, "netem").answer = Answer::kNo;
  CHECK(conclusion(diagnosis) ==
        "Drills run on this machine, with the wire engine. 'wandrill run --vm' has netem and all "
        "else that this kernel lacks.");
  finding(diagnosis, "nat4").answer = Answer::kNo;
  finding(diagnosis, "guest_kernel").answer = Answer::kNo;
  CHECK(conclusion(diagnosis) == "Drills do not run on this machine yet. Missing: NAT, IPv4.");
  diagnosis.where = kTheVm;
  CHECK(conclusion(diagnosis) == "Drills do not run in the VM yet. Missing: NAT, IPv4.");
}

TEST_CASE("A diagnosis survives its own JSON", "[doctor]") {
  auto diagnosis = healthy();
  diagnosis.root = true;
  finding(diagnosis, "frr").detail = "8.4.4: zebra bgpd";
  finding(diagnosis, "tap") = {
      .id = "tap", .answer = Answer::kNo, .detail = "it is locked", .fix = "unlock it"};
  const auto read = diagnosis_from(to_document(diagnosis));
  CHECK(to_document(read) == to_document(diagnosis));
  CHECK(read.answer_to("tap") == Answer::kNo);
}

TEST_CASE("A finding that is none is refused", "[doctor]") {
  CHECK_THROWS_AS(finding_from(Json{{"id", "netem"}}), MachineError);
  CHECK_THROWS_AS(
      finding_from(Json{{"id", "warp"}, {"answer", "yes"}, {"detail", ""}, {"fix", ""}}),
      MachineError);
  CHECK_THROWS_AS(
      finding_from(Json{{"id", "netem"}, {"answer", "maybe"}, {"detail", ""}, {"fix", ""}}),
      MachineError);
  CHECK_THROWS_AS(diagnosis_from(Json{{"where", "here"}}), MachineError);
}

TEST_CASE("No line of the table is wider than it may be", "[doctor]") {
  auto diagnosis = healthy();
  for (auto& one : diagnosis.findings) {
    one.answer = Answer::kNo;
    one.detail = "and some more words about why it is so, which nobody expected to be so long";
  }
  for (const std::size_t width : {80, 100}) {
    const auto text = to_text(diagnosis, width, false);
    for (std::size_t start = 0; start < text.size();) {
      const auto end = text.find('\n', start);
      CHECK(display_width(text.substr(start, end - start)) <= width);
      start = end + 1;
    }
  }
}
