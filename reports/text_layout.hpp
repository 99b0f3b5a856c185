// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace wandrill {

/// How many columns a terminal needs for UTF-8 text without wide or combining characters: its code
/// points.
std::size_t display_width(std::string_view text);

/// `text` broken between words into lines of at most `width` columns; a longer word has a line of
/// its own, and a number keeps its unit even if that makes the line too long. Control characters
/// become "?". At least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// The widths of a table's columns so that a row with `gap` between its cells fits into `width`:
/// the widest columns give way first, down to what cannot be broken in them.
std::vector<std::size_t> column_widths(const std::vector<std::vector<std::string>>& rows,
                                       std::size_t gap, std::size_t width);

}  // namespace wandrill
