// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "reports/summary.hpp"
#include "reports/summary_tables.hpp"
#include "reports/text_layout.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kGap = 2;

std::string_view colour_of(std::string_view outcome) {
  if (outcome == "pass") return "\x1b[32m";
  if (outcome == "fail" || outcome == "error") return "\x1b[31m";
  return "\x1b[33m";
}

/// Lays out one summary; `width` and `colour` hold for all of it.
class TextSummary {
 public:
  TextSummary(std::size_t width, bool colour) : width_{std::max<std::size_t>(width, 40)} {
    colour_ = colour;
  }

  void outcome(const Json& document) {
    const auto word = document.at("outcome").get<std::string>();
    auto upper = word;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    result_ += painted(upper, word) + "  " +
               wrapped(document.at("scenario").get<std::string>(), std::string::npos)[0] + "\n";
  }

  void paragraph(const std::string& text, std::size_t indent = 0) {
    if (text.empty()) return;
    for (const auto& line : wrapped(text, width_ - indent))
      result_ += std::string(indent, ' ') + line + "\n";
  }

  void heading(const std::string& text) { result_ += "\n" + text + "\n"; }

  void table(const SummaryTable& table) {
    heading(table.title);
    auto rows = table.rows;
    rows.insert(rows.begin(), table.head);
    const auto widths = column_widths(rows, kGap, width_ - kIndent);
    const bool has_outcomes = table.head[0] == "outcome";
    for (std::size_t index = 0; index < rows.size(); ++index)
      row(rows[index], widths, has_outcomes && index > 0);
  }

  std::string take() { return std::move(result_); }

 private:
  std::string painted(const std::string& text, std::string_view outcome) const {
    if (!colour_) return text;
    return fmt::format("{}{}\x1b[0m", colour_of(outcome), text);
  }

  void row(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
           bool paint_first) {
    std::vector<std::vector<std::string>> columns;
    std::size_t height = 1;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      columns.push_back(wrapped(cells[column], widths[column]));
      height = std::max(height, columns.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::string text(kIndent, ' ');
      std::size_t padding = 0;
      for (std::size_t column = 0; column < columns.size(); ++column) {
        const auto cell = line < columns[column].size() ? columns[column][line] : std::string{};
        if (!cell.empty()) {
          text += std::string(padding, ' ');
          text += paint_first && column == 0 ? painted(cell, cell) : cell;
          padding = 0;
        }
        const auto used = display_width(cell);
        padding += kGap + (used < widths[column] ? widths[column] - used : 0);
      }
      result_ += text + "\n";
    }
  }

  std::size_t width_;
  bool colour_ = false;
  std::string result_;
};

}  // namespace

std::string summary_text(const Json& document, std::size_t width, bool colour) {
  TextSummary summary{width, colour};
  summary.outcome(document);
  for (const char* key : {"sentence", "reason"})
    summary.paragraph(document.at(key).get<std::string>());
  for (const auto& table : summary_tables(document))
    summary.table(table);
  for (const auto& bucket : finding_buckets(document)) {
    summary.heading("Findings: " + bucket.title);
    for (const auto& finding : bucket.findings) {
      summary.paragraph(finding.at("title").get<std::string>(), kIndent);
      summary.paragraph("Evidence: " + finding.at("evidence").get<std::string>(), 2 * kIndent);
      summary.paragraph("Advice: " + finding.at("advice").get<std::string>(), 2 * kIndent);
    }
  }
  summary.heading("How it was measured");
  summary.paragraph(setting_text(document), kIndent);
  summary.paragraph(tester_text(document), kIndent);
  summary.paragraph(calibration_text(document), kIndent);
  summary.paragraph("Run folder: " + document.at("folder").get<std::string>(), kIndent);
  return summary.take();
}

}  // namespace wandrill
