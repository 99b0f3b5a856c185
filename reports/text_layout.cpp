// SPDX-License-Identifier: Apache-2.0
#include "reports/text_layout.hpp"

#include <algorithm>
#include <numeric>

#include "base/printable.hpp"

namespace wandrill {
namespace {

/// A number keeps its unit, its accuracy stays whole, and no line starts with an arrow.
bool sticks_to(std::string_view before, std::string_view word) {
  return word == "ms" || word == "s" || word == "%" || word == "→" || before.ends_with("±");
}

/// The words of `text`, with those in one piece that stay on one line.
std::vector<std::string> unbreakable_chunks(std::string_view text) {
  std::vector<std::string> chunks;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" \n\t"), text.size());
    const auto word = printable_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (!chunks.empty() && sticks_to(chunks.back(), word))
      chunks.back().append(" ").append(word);
    else
      chunks.push_back(word);
  }
  return chunks;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;  // Not a continuation byte of UTF-8.
  }));
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines{""};
  for (const auto& chunk : unbreakable_chunks(text)) {
    auto& line = lines.back();
    if (line.empty())
      line = chunk;
    else if (display_width(line) + 1 + display_width(chunk) <= width)
      line.append(" ").append(chunk);
    else
      lines.emplace_back(chunk);
  }
  return lines;
}

std::vector<std::size_t> column_widths(const std::vector<std::vector<std::string>>& rows,
                                       std::size_t gap, std::size_t width) {
  std::vector<std::size_t> widths;
  std::vector<std::size_t> narrowest;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    narrowest.resize(widths.size(), 0);
    for (std::size_t column = 0; column < row.size(); ++column) {
      widths[column] = std::max(widths[column], display_width(row[column]));
      for (const auto& piece : wrapped(row[column], 0))
        narrowest[column] = std::max(narrowest[column], display_width(piece));
    }
  }
  if (widths.empty()) return widths;
  auto needed = std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
  for (; needed > width; --needed) {
    std::size_t widest = widths.size();
    for (std::size_t column = 0; column < widths.size(); ++column)
      if (widths[column] > narrowest[column] &&
          (widest == widths.size() || widths[column] > widths[widest]))
        widest = column;
    if (widest == widths.size()) break;
    --widths[widest];
  }
  return widths;
}

}  // namespace wandrill
