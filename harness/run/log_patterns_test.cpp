// SPDX-License-Identifier: Apache-2.0
#include "run/log_patterns.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

RouterPlan router() {
  return {.log_patterns = {{LogPattern::Meaning::kWanDown, "down ([a-z_]+)"},
                           {LogPattern::Meaning::kWanUp, "up ([a-z_]+)"},
                           {LogPattern::Meaning::kSwitch, "switch"}},
          .log_stamp_pattern = "^([^ ]+) "};
}

}  // namespace

TEST_CASE("A line of the router's log has the meaning of the first pattern that matches") {
  const LogPatterns patterns{router()};
  const auto down = patterns.read("12.5 down wan_a, switch");
  CHECK(down.meaning == "wan_down");
  CHECK(down.wan == "wan_a");
  CHECK(down.stamp == Clock::time_point{12500ms});
  const auto moved = patterns.read("12.5 switch");
  CHECK(moved.meaning == "switch");
  CHECK(moved.wan.empty());
  CHECK(patterns.read("12.5 hello").meaning.empty());
  CHECK(patterns.read("").meaning.empty());
}

TEST_CASE("A stamp that cannot be one is none") {
  const LogPatterns patterns{router()};
  for (const auto* line : {"soon up wan_a", "nan up wan_a", "inf up wan_a", "1e300 up wan_a",
                           "-1 up wan_a", "1e9999 up wan_a"}) {
    INFO(line);
    CHECK_FALSE(patterns.read(line).stamp);
    CHECK(patterns.read(line).wan == "wan_a");
  }
  CHECK_FALSE(LogPatterns{{}}.read("12.5 down wan_a").stamp);
}

TEST_CASE("A line of any length is read") {
  const LogPatterns patterns{router()};
  const auto reading = patterns.read("1.0 " + std::string(1'000'000, 'x') + " down wan_b");
  CHECK(reading.wan == "wan_b");
}
