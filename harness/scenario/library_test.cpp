// SPDX-License-Identifier: Apache-2.0
#include "scenario/library.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {
const std::string kSource = std::string{WANDRILL_SOURCE_DIR} + "/";
}

TEST_CASE("A folder's scenarios are listed by name, the unreadable ones with their first mistake") {
  const auto good = summaries(kSource + "scenarios");
  REQUIRE(good.size() >= 5);
  for (const auto& summary : good) {
    INFO(summary.file);
    CHECK(summary.mistake.empty());
    CHECK_FALSE(summary.description.empty());
  }
  bool found = false;
  for (const auto& summary : summaries(kSource + "harness/scenario/testdata/bad"))
    if (summary.name == "empty") {
      found = true;
      CHECK(summary.mistake == summary.file + ":1:1: the file is empty");
    }
  CHECK(found);
  CHECK_THROWS_AS(summaries(kSource + "nowhere"), ConfigError);
}

TEST_CASE("Another router can be asked for, and what it extends comes along") {
  const auto loaded =
      load_scenario(kSource + "scenarios/failback.yaml", {.router = "broken/no-hold-down"});
  CHECK(loaded.router.name.value == "broken/no-hold-down");
  CHECK(loaded.router.processes.size() == 1);
  bool found = false;
  for (const auto& [name, value] : loaded.router.parameters)
    if (name.value == "hold_down") {
      found = true;
      CHECK(value.value == "0s");
    }
  CHECK(found);
}

TEST_CASE("A topology is found beside the scenario's folder without any data folder") {
  CHECK(load_scenario(kSource + "scenarios/failback.yaml").topology.name.value == "home_office");
}
