// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "doctor/diagnosis.hpp"
#include "reports/text_layout.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kNarrowest = 60;
constexpr std::size_t kAnswerColumn = 2;
constexpr std::size_t kNameColumn = 7;
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kYellow = "\x1b[33m";
constexpr std::string_view kRed = "\x1b[31m";

class Table {
 public:
  Table(std::size_t width, bool colour) : width_{std::max(width, kNarrowest)}, colour_{colour} {
    for (const auto& check : all_checks())
      meaning_column_ = std::max(meaning_column_, kNameColumn + display_width(check.name) + 2);
  }

  void head(const Diagnosis& diagnosis) {
    text_ += painted("wandrill doctor", kBold);
    text_ += fmt::format(": {}, Linux {}, {} CPU{}, {}\n\n", diagnosis.where, diagnosis.kernel,
                         diagnosis.cpus, diagnosis.cpus == 1 ? "" : "s",
                         diagnosis.root ? "as root" : "as an ordinary user");
    paragraph(conclusion(diagnosis), diagnosis.can_drill() ? kGreen : kRed);
  }

  void row(const CheckAnswer& finding) {
    const auto* check = find_check(finding.id);
    if (check == nullptr) return;
    if (check->group != group_) text_ += "\n" + painted(std::string{check->group}, kBold) + "\n";
    group_ = check->group;
    const auto room = width_ - meaning_column_;
    const auto lines = wrapped(meaning(finding, *check), room);
    for (std::size_t line = 0; line < lines.size(); ++line)
      text_ += (line == 0 ? start_of(finding, *check) : "\n" + std::string(meaning_column_, ' ')) +
               lines[line];
    const auto fix = fix_of(finding);
    // Behind the meaning where it fits, else below it.
    const auto used = display_width(lines.back());
    if (!fix.empty() && lines.size() == 1 && used + 3 + display_width(fix) <= room)
      text_ += " " + painted("→ " + fix, kDim) + "\n";
    else
      advice(fix, room);
  }

  void paragraph(const std::string& sentence, std::string_view colour) {
    for (const auto& line : wrapped(sentence, width_))
      text_ += painted(line, colour) + "\n";
  }

  std::string take() { return std::move(text_); }

 private:
  void advice(const std::string& fix, std::size_t room) {
    text_ += "\n";
    if (fix.empty()) return;
    const auto lines = wrapped(fix, room - 2);
    for (std::size_t line = 0; line < lines.size(); ++line)
      text_ += std::string(meaning_column_, ' ') +
               painted((line == 0 ? "→ " : "  ") + lines[line], kDim) + "\n";
  }

  static std::string meaning(const CheckAnswer& finding, const Check& check) {
    if (finding.answer == Answer::kUnknown)
      return "could not be tried" + (finding.detail.empty() ? "" : ": " + finding.detail);
    std::string text{finding.answer == Answer::kYes ? check.if_yes : check.if_no};
    return finding.detail.empty() ? text : text + " (" + finding.detail + ")";
  }

  std::string start_of(const CheckAnswer& finding, const Check& check) const {
    auto answer = std::string{to_string(finding.answer)};
    auto colour = kGreen;
    if (finding.answer == Answer::kNo) colour = check.need == Need::kMainJob ? kRed : kYellow;
    if (finding.answer == Answer::kUnknown) {
      answer = "?";
      colour = kYellow;
    }
    const std::size_t gap = kNameColumn - kAnswerColumn - answer.size();
    const std::size_t after = meaning_column_ - kNameColumn - display_width(check.name);
    return std::string(kAnswerColumn, ' ') + painted(answer, colour) + std::string(gap, ' ') +
           std::string{check.name} + std::string(after, ' ');
  }

  std::string painted(const std::string& text, std::string_view colour) const {
    return colour_ ? fmt::format("{}{}\x1b[0m", colour, text) : text;
  }

  std::size_t width_;
  bool colour_;
  std::size_t meaning_column_ = 0;
  std::string_view group_;
  std::string text_;
};

}  // namespace

std::string to_text(const Diagnosis& diagnosis, std::size_t width, bool colour) {
  Table table{width, colour};
  table.head(diagnosis);
  for (const auto& finding : diagnosis.findings)
    table.row(finding);
  return table.take();
}

}  // namespace wandrill
