// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"
#include "base/testing/catch.hpp"
#include "scenario/sections.hpp"

using namespace wandrill;

namespace {

std::string required_or_default(const KeyInfo& key) {
  if (key.required) return "**required**";
  return key.fallback.empty() ? "–" : key.fallback;
}

std::string words_of(const KeyInfo& key) {
  std::string text;
  for (const auto& word : key.words)
    text += fmt::format("{}`{}`", text.empty() ? " One of " : ", ", word);
  return text.empty() ? "" : text + ".";
}

/// What docs/scenarios.md must say about a key, word for word.
std::string row_of(const KeyInfo& key) {
  return fmt::format("| `{}` | {} | {}{} |", key.key, required_or_default(key), key.documentation,
                     words_of(key));
}

}  // namespace

TEST_CASE("Every key is in docs/scenarios.md with its default, its documentation and its words") {
  const auto text = read_file(std::string{WANDRILL_SOURCE_DIR} + "/docs/scenarios.md");
  for (const auto* section : all_sections()) {
    INFO(section->name);
    CHECK(text.find(std::string{section->documentation}) != text.npos);
    for (const auto& key : section->keys) {
      INFO(row_of(key));
      CHECK(text.find(row_of(key)) != text.npos);
    }
  }
}
