// SPDX-License-Identifier: Apache-2.0
#include "plan/faults/fault_info.hpp"

#include <algorithm>
#include <set>

#include "base/testing/catch.hpp"

using namespace wandrill;

TEST_CASE("Every kind of fault is listed once, with a word and a story of its own") {
  const auto infos = fault_infos();
  std::set<std::string_view> words;
  std::set<std::string_view> stories;
  for (const auto& [kind, word] : kFaultWords) {
    INFO(word);
    REQUIRE(std::ranges::count(infos, kind, &FaultInfo::kind) == 1);
    words.insert(to_string(kind));
    stories.insert(info_of(kind).story);
  }
  CHECK(words.size() == infos.size());
  CHECK(stories.size() == infos.size());
}
