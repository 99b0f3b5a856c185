// SPDX-License-Identifier: Apache-2.0
#include "doctor/diagnosis.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace wandrill {

std::string_view to_string(Answer answer) {
  switch (answer) {
    case Answer::kYes:
      return "yes";
    case Answer::kNo:
      return "no";
    case Answer::kUnknown:
      break;
  }
  return "unknown";
}

Answer parse_answer(std::string_view text) {
  for (const auto answer : {Answer::kYes, Answer::kNo, Answer::kUnknown})
    if (to_string(answer) == text) return answer;
  throw MachineError{fmt::format("read a finding: '{}' is no answer", text)};
}

Answer Diagnosis::answer_to(std::string_view id) const {
  const auto found = std::ranges::find(findings, id, &CheckAnswer::id);
  return found == findings.end() ? Answer::kUnknown : found->answer;
}

std::string fix_of(const CheckAnswer& finding) {
  const auto* check = find_check(finding.id);
  if (finding.answer == Answer::kYes || !finding.fix.empty() || check == nullptr)
    return finding.answer == Answer::kYes ? "" : finding.fix;
  // What could not be tried may be there.
  return finding.answer == Answer::kNo ? std::string{check->fix} : "";
}

bool Diagnosis::can_drill() const {
  const auto is_met = [this](const Check& check) {
    return check.need != Need::kMainJob || answer_to(check.id) == Answer::kYes;
  };
  const bool has_engine = answer_to("wire") == Answer::kYes || answer_to("netem") == Answer::kYes;
  return has_engine && std::ranges::all_of(all_checks(), is_met);
}

std::string engines_text(const Diagnosis& diagnosis) {
  const bool wire = diagnosis.answer_to("wire") == Answer::kYes;
  const bool netem = diagnosis.answer_to("netem") == Answer::kYes;
  if (wire && netem) return "the engines wire and netem";
  if (wire) return "the wire engine";
  return netem ? "the netem engine" : "no engine";
}

namespace {

std::string missing_for_the_main_job(const Diagnosis& diagnosis) {
  std::string missing;
  for (const auto& check : all_checks())
    if (check.need == Need::kMainJob && diagnosis.answer_to(check.id) != Answer::kYes)
      missing.append(missing.empty() ? "" : ", ").append(check.name);
  if (engines_text(diagnosis) == "no engine")
    missing.append(missing.empty() ? "" : ", ").append("an engine");
  return missing;
}

}  // namespace

std::string conclusion(const Diagnosis& diagnosis) {
  const bool vm = diagnosis.answer_to("qemu") == Answer::kYes &&
                  diagnosis.answer_to("guest_kernel") == Answer::kYes;
  const auto place =
      fmt::format("{} {}", diagnosis.where == kThisMachine ? "on" : "in", diagnosis.where);
  if (diagnosis.can_drill()) {
    auto text = fmt::format("Drills run {}, with {}.", place, engines_text(diagnosis));
    if (vm && diagnosis.answer_to("netem") != Answer::kYes)
      text += " 'wandrill run --vm' has netem and all else that this kernel lacks.";
    return text;
  }
  auto text = fmt::format("Drills do not run {} yet. Missing: {}.", place,
                          missing_for_the_main_job(diagnosis));
  if (vm) text += " 'wandrill run --vm' may well run them: 'wandrill doctor --vm' tries.";
  return text;
}

}  // namespace wandrill
