// SPDX-License-Identifier: Apache-2.0
#include "base/names.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace wandrill {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

constexpr std::size_t kLongestNameCompared = 100;

}  // namespace

std::optional<std::string_view> nearest_name(std::string_view name,
                                             std::span<const std::string> candidates) {
  if (name.size() > kLongestNameCompared) return std::nullopt;
  std::size_t best_distance = std::min<std::size_t>(3, (name.size() + 2) / 3);
  std::optional<std::string_view> best;
  for (const auto& candidate : candidates) {
    const auto distance = edit_distance(name, candidate);
    if (distance < best_distance || (distance == best_distance && !best)) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string name_hint(std::string_view name, std::span<const std::string> candidates) {
  if (const auto near = nearest_name(name, candidates))
    return fmt::format(" (did you mean '{}'?)", *near);
  if (candidates.empty()) return "";
  constexpr std::size_t kMostNamesListed = 24;
  const auto shown = candidates.first(std::min(candidates.size(), kMostNamesListed));
  return fmt::format(" (known: {}{})", fmt::join(shown, ", "),
                     shown.size() < candidates.size() ? ", …" : "");
}

std::string names_text(std::span<const std::string> names, std::size_t most_shown) {
  const auto shown = names.first(std::min(names.size(), most_shown));
  const auto more = names.size() - shown.size();
  return fmt::format("{}{}", fmt::join(shown, ", "),
                     more > 0 ? fmt::format(" and {} more", more) : "");
}

}  // namespace wandrill
