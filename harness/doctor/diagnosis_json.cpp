// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "doctor/diagnosis.hpp"

namespace wandrill {
namespace {

constexpr int kSchema = 1;

/// What the answer means, and what to do about it, for the reader of the JSON.
std::string_view meaning_of(const CheckAnswer& finding, const Check& check) {
  if (finding.answer == Answer::kUnknown) return "could not be tried";
  return finding.answer == Answer::kYes ? check.if_yes : check.if_no;
}

}  // namespace

Json to_document(const CheckAnswer& finding) {
  const auto* check = find_check(finding.id);
  if (check == nullptr) throw MachineError{"there is no check named " + finding.id};
  return {{"id", finding.id},
          {"group", check->group},
          {"name", check->name},
          {"answer", to_string(finding.answer)},
          {"needed", check->need == Need::kMainJob},
          {"detail", finding.detail},
          {"meaning", meaning_of(finding, *check)},
          {"fix", fix_of(finding)}};
}

CheckAnswer finding_from(const Json& document) {
  try {
    CheckAnswer finding{.id = document.at("id").get<std::string>(),
                        .answer = parse_answer(document.at("answer").get<std::string>()),
                        .detail = document.at("detail").get<std::string>(),
                        .fix = document.at("fix").get<std::string>()};
    const auto* check = find_check(finding.id);
    if (check == nullptr) throw MachineError{"there is no check named " + finding.id};
    if (finding.fix == check->fix) finding.fix.clear();
    return finding;
  } catch (const Json::exception& error) {
    throw MachineError{fmt::format("read a finding: {}", error.what())};
  }
}

Json to_document(const Diagnosis& diagnosis) {
  Json document{{"schema", kSchema},
                {"where", diagnosis.where},
                {"kernel", diagnosis.kernel},
                {"cpus", diagnosis.cpus},
                {"root", diagnosis.root},
                {"can_drill", diagnosis.can_drill()},
                {"conclusion", conclusion(diagnosis)},
                {"findings", Json::array()}};
  for (const auto& finding : diagnosis.findings)
    document["findings"].push_back(to_document(finding));
  return document;
}

Diagnosis diagnosis_from(const Json& document) {
  try {
    Diagnosis diagnosis{.where = document.at("where").get<std::string>(),
                        .kernel = document.at("kernel").get<std::string>(),
                        .cpus = document.at("cpus").get<unsigned>(),
                        .root = document.at("root").get<bool>()};
    for (const auto& finding : document.at("findings"))
      diagnosis.findings.push_back(finding_from(finding));
    return diagnosis;
  } catch (const Json::exception& error) {
    throw MachineError{fmt::format("read a diagnosis: {}", error.what())};
  }
}

}  // namespace wandrill
