// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wandrill {

/// The candidate nearest to `name` by edit distance with transpositions (Damerau–Levenshtein), if
/// it is near enough to be a slip of the hand: at most a third of the name, and at most 3 edits.
std::optional<std::string_view> nearest_name(std::string_view name,
                                             std::span<const std::string> candidates);

/// " (did you mean 'x'?)", or " (known: a, b, c)" when nothing is near, or "" without candidates.
std::string name_hint(std::string_view name, std::span<const std::string> candidates);

/// The names of the values of a list, for hints.
template <typename List>
std::vector<std::string> names_of(const List& list) {
  std::vector<std::string> names;
  for (const auto& item : list)
    names.push_back(item.name);
  return names;
}

/// The first few of them: "call.1, call.2 and 3 more".
std::string names_text(std::span<const std::string> names, std::size_t most_shown = 5);

}  // namespace wandrill
