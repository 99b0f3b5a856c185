// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "plan/plan_text.hpp"
#include "plan/resolve.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

void check_round_trip(const Plan& plan) {
  const auto yaml = plan_as_yaml(plan);
  const Plan back = plan_from_yaml(yaml);
  CHECK(Json(back) == Json(plan));
  CHECK(plan_as_yaml(back) == yaml);
  CHECK(Json(Json(plan).get<Plan>()) == Json(plan));
}

}  // namespace

TEST_CASE("Every shipped plan survives being stored") {
  for (const auto& summary : summaries(std::string{WANDRILL_SOURCE_DIR} + "/scenarios")) {
    const auto loaded = load_scenario(summary.file);
    if (loaded.topology.mininet)
      continue;  // It takes Mininet to know its plan: lab/mininet_test.cpp.
    for (const std::uint64_t seed : {1ULL, 77ULL, 18'446'744'073'709'551'615ULL}) {
      INFO(summary.file);
      check_round_trip(resolve(loaded, {.seed = seed}));
    }
  }
}

TEST_CASE("Odd texts survive being stored") {
  Plan plan;
  plan.scenario = "yes";
  for (const char* text : {"", " leading", "trailing ", "two\nlines\n", "no last\nend", "\n\nblank",
                           "tab\tand\nline\n", "a: b # c", "\"quoted\" 'single' \\", "null", "1e3",
                           "ends twice\n\n", "café – 呼\n", "  indented\nblock\n", "x\n\n  y\n",
                           "\x01\x7f", "- item", "&a *b !c", "x: |\n y\n"})
    plan.router.files.push_back({text, text});
  plan.router.sysctls = {{"net.ipv4.ip_forward", "1"}, {"odd key: #", ""}};
  plan.timeline.steps.push_back(
      {UntilCondition{{.kind = Condition::Kind::kLog, .pattern = "[\"\\\\]"}, 3s},
       CommandAction{"a", "b", "c"}, 2});
  plan.expectations.push_back({{"f.yaml", 3, 4}, "text", MetricExpectation{"m", 0.1, {}, 1e-9}});
  plan.expectations.push_back({{}, "", FateExpectation{"s", {}}});
  plan.expectations.push_back({{}, "", StateExpectation{{}, "start", 1ns, 2h}});
  check_round_trip(plan);
}

TEST_CASE("What is no stored plan is refused") {
  CHECK_THROWS_AS(plan_from_yaml(""), ConfigError);
  CHECK_THROWS_AS(plan_from_yaml("scenario: x\n"), ConfigError);
  CHECK_THROWS_AS(plan_from_yaml("- 1\n"), ConfigError);
}

TEST_CASE("A stored plan with a pattern that is none is refused with its place") {
  Plan plan;
  plan.router.log_patterns = {{LogPattern::Meaning::kWanDown, R"((wan)_\1)"}};
  plan.router.log_stamp_pattern = "a(?=b)";
  CHECK_THROWS_WITH(
      plan_from_yaml(plan_as_yaml(plan)),
      Catch::Matchers::Contains(
          "this is no regular expression (RE2): a pattern cannot refer back to a group") &&
          Catch::Matchers::Contains("cannot look ahead or behind") &&
          Catch::Matchers::StartsWith("plan.yaml:"));
}
