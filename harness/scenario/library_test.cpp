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

TEST_CASE("A folder in the place of a router or a topology is told as one") {
  const auto mistake_of = [](const std::string& router) -> std::string {
    try {
      load_scenario(kSource + "scenarios/failback.yaml", {.router = router});
    } catch (const ConfigError& error) {
      return to_string(error.mistakes().front().where) + ": " + error.mistakes().front().message;
    }
    return {};
  };
  const auto folder = kSource + "topologies/routers";
  CHECK(mistake_of(folder).starts_with(
      "--router: '" + folder +
      "' is a folder; a router is a name or a path ending in .yaml (known: "));
  CHECK(mistake_of("").starts_with("--router: there is no router ''"));
  CHECK(mistake_of(folder + "/nothing").starts_with("--router: there is no router '"));
}

TEST_CASE("A topology is found beside the scenario's folder without any data folder") {
  CHECK(load_scenario(kSource + "scenarios/failback.yaml").topology.name.value == "home_office");
}

TEST_CASE("A Mininet file is found by its name in topologies, or by its path") {
  const auto mistake_of = [](const std::string& target) -> std::string {
    try {
      (void)find_mininet(target, kSource);
    } catch (const ConfigError& error) {
      return error.what();
    }
    return {};
  };
  const auto file = kSource + "topologies/mininet/branch.py";
  CHECK(
      find_mininet("mininet/branch", kSource).file.value.ends_with("topologies/mininet/branch.py"));
  CHECK_FALSE(find_mininet(file, "").topo);
  CHECK(find_mininet("mininet/branch:Branch,floors=2", kSource).topo->value == "Branch,floors=2");
  CHECK(mistake_of("mininet/brunch") ==
        "mininet/brunch: there is no topology 'mininet/brunch' (did you mean 'mininet/branch'?)");
  CHECK(mistake_of("nothing.py:Topo") == "nothing.py:Topo: there is no file 'nothing.py'");
  CHECK(mistake_of("home_office") ==
        "home_office: is no Mininet file: Mininet builds nothing of it");
}
