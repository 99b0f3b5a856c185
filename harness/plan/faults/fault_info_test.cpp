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
  for (int i = 0; i <= static_cast<int>(FaultKind::kExec); ++i) {
    const auto kind = static_cast<FaultKind>(i);
    INFO(i);
    REQUIRE(std::ranges::count(infos, kind, &FaultInfo::kind) == 1);
    words.insert(info_of(kind).word);
    stories.insert(info_of(kind).story);
  }
  CHECK(words.size() == infos.size());
  CHECK(stories.size() == infos.size());
}
