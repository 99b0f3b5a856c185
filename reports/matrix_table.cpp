// SPDX-License-Identifier: Apache-2.0
#include "reports/matrix_table.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/number_text.hpp"

namespace wandrill {
namespace {

/// Words and what they are said of, each in order of appearance.
class Sayings {
 public:
  void add(const std::string& word, const std::string& of) {
    const auto known = std::ranges::find(all_, word, &CellText::word);
    (known == all_.end() ? all_.emplace_back(CellText{word, {}}) : *known).of.push_back(of);
  }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  /// "open"; where not all have one word, "open: IPv4 UDP, IPv4 TCP; closed: IPv6 UDP".
  [[nodiscard]] std::string text(std::size_t all) const {
    if (all_.size() == 1 && all_.front().of.size() == all) return all_.front().word;
    std::vector<std::string> parts;
    for (const auto& [word, of] : all_)
      parts.push_back(fmt::format("{}: {}", word, fmt::join(of, ", ")));
    return fmt::format("{}", fmt::join(parts, "; "));
  }

 private:
  struct CellText {
    std::string word;
    std::vector<std::string> of;
  };
  std::vector<CellText> all_;
};

struct Row {
  std::string group;
  std::string from;
  std::string to;
  std::size_t cells = 0;
  Sayings first;
  Sayings later;
};

std::string cell_name(const Json& cell) {
  return fmt::format("{} {}", cell.at("family") == "ipv6" ? "IPv6" : "IPv4",
                     cell.at("transport") == "tcp" ? "TCP" : "UDP");
}

void take(const Json& cell, Row& row) {
  ++row.cells;
  const auto name = cell_name(cell);
  std::string first;
  std::size_t tried = 0;
  for (const auto& stay : cell.at("stays")) {
    const auto state = stay.at("state").get<std::string>();
    if (state == "untried") continue;
    ++tried;
    const auto told = fmt::format("{} on {}", state, stay.at("wan").get<std::string>());
    if (first.empty()) {
      first = state;
      row.first.add(told, name);
    } else if (state != first) {
      row.later.add(fmt::format("{} from {} on", told, seconds_text(stay.at("from_s"))), name);
      return;
    }
  }
  if (tried == 0) row.first.add("untried", name);
  if (tried < 2) row.later.add("untried", name);
}

}  // namespace

SummaryTable matrix_table(const Json& document) {
  SummaryTable table{"What passes, WAN by WAN", {"session", "from", "to", "at first", "later"}, {}};
  if (!document.contains("matrix")) return table;
  std::vector<Row> rows;
  for (const auto& cell : document.at("matrix")) {
    const auto group = cell.at("group").get<std::string>();
    const auto from = cell.at("from").get<std::string>();
    const auto to = cell.at("to").get<std::string>();
    auto row = std::ranges::find_if(rows, [&](const Row& one) {
      return one.group == group && one.from == from && one.to == to;
    });
    if (row == rows.end()) row = rows.insert(rows.end(), {.group = group, .from = from, .to = to});
    take(cell, *row);
  }
  for (const auto& row : rows)
    table.rows.push_back({row.group, row.from, row.to, row.first.text(row.cells),
                          row.later.empty() ? "the same" : row.later.text(row.cells)});
  return table;
}

}  // namespace wandrill
