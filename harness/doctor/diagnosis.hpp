// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "doctor/checks.hpp"

namespace wandrill {

enum class Answer : std::uint8_t { kYes, kNo, kUnknown };

/// "yes", "no", "unknown".
std::string_view to_string(Answer answer);
/// Nothing else is an answer: throws MachineError.
Answer parse_answer(std::string_view text);

/// What trying showed.
struct CheckAnswer {
  std::string id;  ///< Of its Check.
  Answer answer = Answer::kUnknown;
  std::string detail;  ///< A version, a number, the kernel's words; may be empty.
  std::string fix;     ///< In the place of the check's own; empty: that one.

  friend bool operator==(const CheckAnswer&, const CheckAnswer&) = default;
};

constexpr std::string_view kThisMachine = "this machine";
constexpr std::string_view kTheVm = "the VM";

/// What a machine, or a guest on it, can do.
struct Diagnosis {
  std::string where;  ///< kThisMachine or kTheVm.
  std::string kernel;
  unsigned cpus = 0;
  bool root = false;
  std::vector<CheckAnswer> findings;

  /// Every need of the main job was tried and is there, and one of the engines.
  [[nodiscard]] bool can_drill() const;
  [[nodiscard]] Answer answer_to(std::string_view id) const;
};

/// The engines that work, in words: "the engines wire and netem"; "no engine".
std::string engines_text(const Diagnosis& diagnosis);
/// What it all amounts to, in a sentence or two.
std::string conclusion(const Diagnosis& diagnosis);

/// What to do about a finding; empty: nothing, or nobody knows.
std::string fix_of(const CheckAnswer& finding);

/// docs/doctor.md lists the fields.
Json to_document(const Diagnosis& diagnosis);
Json to_document(const CheckAnswer& finding);
/// Of to_document(CheckAnswer). Throws MachineError when it is none.
CheckAnswer finding_from(const Json& document);
Diagnosis diagnosis_from(const Json& document);

/// A table for people, `width` columns wide (at least 60); `colour`: for a terminal.
std::string to_text(const Diagnosis& diagnosis, std::size_t width, bool colour);

}  // namespace wandrill
