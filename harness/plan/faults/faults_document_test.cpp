// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/files.hpp"
#include "base/pattern.hpp"
#include "base/testing/catch.hpp"
#include "plan/faults/fault_keys.hpp"
#include "plan/topology/wan_presets.hpp"
#include "plan/words.hpp"

using namespace wandrill;

namespace {

std::string document() {
  return read_file(std::string{WANDRILL_SOURCE_DIR} + "/docs/faults.md");
}

/// Every section about a fault, by the fault's word: "## `kill`" up to the next heading.
std::map<std::string, std::string> sections() {
  std::map<std::string, std::string> found;
  std::istringstream lines{document()};
  std::string current;
  for (std::string line; std::getline(lines, line);) {
    static const Pattern heading{"^## `([a-z_]+)`$"};
    if (line.starts_with('#'))
      current = heading.first_group(line).value_or("");
    else if (!current.empty())
      found[current] += line + "\n";
  }
  return found;
}

std::set<std::string> rows_of(const std::string& section) {
  std::set<std::string> keys;
  static const Pattern row{R"(^\| `([a-z_]+)` \|)"};
  std::istringstream lines{section};
  for (std::string line; std::getline(lines, line);)
    if (auto key = row.first_group(line)) keys.insert(std::move(*key));
  return keys;
}

bool has(const std::vector<FaultKind>& kinds, FaultKind kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

}  // namespace

TEST_CASE("docs/faults.md has a section on every fault, and on nothing that is none") {
  std::set<std::string> documented;
  for (const auto& [word, text] : sections())
    documented.insert(word);
  std::set<std::string> known;
  for (const auto& [kind, word] : words_of(FaultKind{}))
    known.insert(std::string{word});
  CHECK(documented == known);
}

TEST_CASE("Each section has its three explanations and a row for exactly the fault's own keys") {
  const auto all = sections();
  for (const auto& [kind, word] : words_of(FaultKind{})) {
    INFO(word);
    REQUIRE(all.contains(std::string{word}));
    const auto& section = all.at(std::string{word});
    for (const auto* part : {"**In the field:** ", "**In the lab:** ", "**A good router** "})
      CHECK(section.find(part) != section.npos);
    std::set<std::string> wanted;
    for (const auto& key : fault_keys())
      if (has(key.used_by, kind)) wanted.insert(std::string{key.key});
    CHECK(rows_of(section) == wanted);
    for (const auto& key : fault_keys())
      if (has(key.required_by, kind))
        CHECK(section.find(fmt::format("| `{}` | **required** |", key.key)) != section.npos);
    if (wanted.empty()) CHECK(section.find("no keys of its own") != section.npos);
  }
}

TEST_CASE("Every preset of a WAN is documented with its numbers") {
  const auto text = document();
  for (const auto& preset : wan_presets()) {
    const auto row = fmt::format("| `{}` | {} | {} | {} | {} / {} | {} |", preset.name,
                                 to_string(preset.up.rate), to_string(preset.down.rate),
                                 to_string(preset.up.delay), to_string(preset.up.jitter),
                                 to_string(preset.down.jitter), to_string(preset.up.loss));
    INFO(row);
    CHECK(text.find(row) != text.npos);
    CHECK(preset.up.delay == preset.down.delay);
    CHECK(preset.up.loss == preset.down.loss);
  }
}
