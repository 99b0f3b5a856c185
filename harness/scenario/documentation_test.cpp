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

/// What docs/scenarios.md must say about a key, word for word.
std::string row_of(const KeyInfo& key) {
  return fmt::format("| `{}` | {} | {} |", key.key, required_or_default(key), key.documentation);
}

}  // namespace

TEST_CASE("Every key is in docs/scenarios.md with its default and its documentation") {
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

TEST_CASE("Every word that a key takes is in docs/scenarios.md") {
  const auto text = read_file(std::string{WANDRILL_SOURCE_DIR} + "/docs/scenarios.md");
  for (const auto* section : all_sections())
    for (const auto& key : section->keys)
      for (const auto& word : key.words) {
        INFO(section->name << "." << key.key << ": " << word);
        CHECK(text.find(word) != text.npos);
      }
}
