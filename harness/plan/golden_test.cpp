// SPDX-License-Identifier: Apache-2.0
#include "base/testing/golden.hpp"

#include <algorithm>
#include <filesystem>

#include "plan/plan_text.hpp"
#include "plan/resolve.hpp"

using namespace wandrill;
namespace fs = std::filesystem;

namespace {

// Tests run from the source folder, so that every path in a text is relative to it.
const std::string kBad = "harness/scenario/testdata/bad";

std::string error_text(const std::string& file) {
  try {
    (void)resolve(load_scenario(file, {.data_folder = WANDRILL_SOURCE_DIR}));
  } catch (const ConfigError& error) {
    return error.what() + std::string{"\n"};
  }
  return "no mistake was found\n";
}

std::vector<std::string> stems(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{folder})
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace

TEST_CASE("Every mistake of a bad file is told with its place and a hint") {
  const auto names = stems(kBad);
  REQUIRE(names.size() > 30);
  for (const auto& name : names) {
    INFO(name);
    const auto text = error_text(kBad + "/" + name + ".yaml");
    CHECK(text != "no mistake was found\n");
    testing::check_golden(kBad + "/" + name + ".txt", text);
  }
}

TEST_CASE("The shipped scenarios have the plans that they should") {
  for (const auto& name : stems("scenarios")) {
    INFO(name);
    const auto file = "scenarios/" + name + ".yaml";
    const auto loaded = load_scenario(file, {.data_folder = WANDRILL_SOURCE_DIR});
    if (loaded.topology.mininet) continue;  // It takes Mininet to know its plan.
    const auto plan = resolve(loaded);
    testing::check_golden("harness/plan/testdata/" + name + ".txt", plan_as_text(plan));
  }
}

TEST_CASE("A stored plan looks as it should") {
  const auto file = "scenarios/live-call-disconnect.yaml";
  auto plan = resolve(load_scenario(file, {.data_folder = WANDRILL_SOURCE_DIR}));
  plan.router.files.clear();  // The profile has tests of its own.
  testing::check_golden("harness/plan/testdata/live-call-disconnect.yaml", plan_as_yaml(plan));
}
