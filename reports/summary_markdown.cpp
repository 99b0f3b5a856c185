// SPDX-License-Identifier: Apache-2.0
#include <cctype>

#include <fmt/format.h>

#include "base/printable.hpp"
#include "reports/summary.hpp"
#include "reports/summary_tables.hpp"

namespace wandrill {
namespace {

/// Text as it is, whatever characters of Markdown or HTML it holds; one line.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : printable(text)) {
    if (c == '\n' || c == '\t')
      result += ' ';
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else {
      if (std::string_view{"\\`*_|[]#"}.find(c) != std::string_view::npos) result += '\\';
      result += c;
    }
  }
  return result;
}

std::string field(const Json& document, const char* key) {
  return escaped(document.at(key).get<std::string>());
}

std::string row(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const auto& cell : cells)
    line += " " + escaped(cell) + " |";
  return line + "\n";
}

std::string table_markdown(const SummaryTable& table) {
  auto result = fmt::format("\n## {}\n\n", table.title) + row(table.head) + "|";
  for (std::size_t column = 0; column < table.head.size(); ++column)
    result += " --- |";
  result += "\n";
  for (const auto& cells : table.rows)
    result += row(cells);
  return result;
}

std::string findings_markdown(const Json& document) {
  std::string result;
  for (const auto& bucket : finding_buckets(document)) {
    auto title = bucket.title;
    title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
    result += fmt::format("\n### {}\n\n", title);
    for (const auto& finding : bucket.findings)
      result += fmt::format("- **{}**\n  Evidence: {}\n  Advice: {}\n", field(finding, "title"),
                            field(finding, "evidence"), field(finding, "advice"));
  }
  return result.empty() ? result : "\n## Findings\n" + result;
}

}  // namespace

std::string summary_markdown(const Json& document) {
  auto result = fmt::format("# {}: {}\n", field(document, "scenario"), field(document, "outcome"));
  for (const char* key : {"sentence", "reason"})
    if (const auto text = field(document, key); !text.empty()) result += "\n" + text + "\n";
  for (const auto& table : summary_tables(document))
    result += table_markdown(table);
  result += findings_markdown(document);
  result += "\n## How it was measured\n\n- " + escaped(setting_text(document));
  result += "\n- " + escaped(tester_text(document));
  result += "\n- " + escaped(calibration_text(document));
  result += "\n- Run folder: " + field(document, "folder") + "\n";
  return result;
}

}  // namespace wandrill
