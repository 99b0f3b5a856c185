// SPDX-License-Identifier: Apache-2.0
#include "refrouter/wan_health.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

constexpr HealthPolicy kPolicy{.down_count = 3, .up_count = 2, .hold_down = 3s};

Instant at(Nanos time) {
  return Instant{time};
}

/// Checks every 200 ms from `start`: "x" is lost, "." answered.
WanHealth play(WanHealth health, std::string_view checks, Nanos start) {
  for (const char check : checks) {
    health = after_check(health, kPolicy, check == '.', at(start));
    start += 200ms;
  }
  return health;
}

}  // namespace

TEST_CASE("A WAN goes down with the last of the lost checks in a row", "[refrouter]") {
  CHECK(play({}, "xx", 0ms).up);
  CHECK(play({}, "xx.xx.xx", 0ms).up);
  const auto down = play({}, "xx.xxx", 0ms);
  CHECK_FALSE(down.up);
  CHECK(down.dead_at == at(1s));
}

TEST_CASE("A WAN comes up after its hold-down and enough answers in a row", "[refrouter]") {
  const auto down = play({}, "xxx", 0ms);  // dead at 0.4 s, held until 3.4 s
  const auto answered = play(down, "..", 600ms);
  CHECK_FALSE(answered.up);
  CHECK(is_working(answered, kPolicy));
  CHECK(end_of_hold_down(answered, kPolicy) == at(3400ms));
  CHECK_FALSE(after_time(answered, kPolicy, at(3399ms)).up);
  const auto up = after_time(answered, kPolicy, at(3400ms));
  CHECK(up.up);
  CHECK(up.up_since == at(3400ms));
  CHECK_FALSE(end_of_hold_down(up, kPolicy).has_value());
}

TEST_CASE("A WAN past its hold-down still needs its answers in a row", "[refrouter]") {
  const auto down = play({}, "xxx", 0ms);
  CHECK_FALSE(end_of_hold_down(down, kPolicy).has_value());
  const auto one = play(down, ".x.", 4s);
  CHECK_FALSE(one.up);
  CHECK(play(one, ".", 4600ms).up);
}

TEST_CASE("Hold-down runs anew every time the WAN is found dead", "[refrouter]") {
  // One second dead, one second alive: never three good seconds in a row.
  auto health = play({}, "xxxxx", 0ms);
  for (auto start = 1s; start < 20s; start += 2s) {
    health = play(health, ".....", start);
    CHECK_FALSE(health.up);
    health = play(health, "xxxxx", start + 1s);
  }
  CHECK(health.dead_at == at(20800ms));
}

TEST_CASE("A single lost check while down resets the row but not the hold-down", "[refrouter]") {
  const auto health = play(play({}, "xxx", 0ms), ".x..", 600ms);
  CHECK(end_of_hold_down(health, kPolicy) == at(3400ms));
}

TEST_CASE("Without carrier a WAN is down at once, and up again only by its checks", "[refrouter]") {
  const auto cut = after_carrier({}, kPolicy, false, at(1s));
  CHECK_FALSE(cut.up);
  CHECK_FALSE(is_working(play(cut, "....", 1s), kPolicy));
  const auto plugged = after_carrier(cut, kPolicy, true, at(2s));
  CHECK_FALSE(plugged.up);
  CHECK(plugged.dead_at == at(2s));
  const auto proven = play(plugged, "..", 2s);
  CHECK_FALSE(proven.up);
  CHECK(after_time(proven, kPolicy, at(5s)).up);
}

TEST_CASE("Carrier that did not change changes nothing", "[refrouter]") {
  CHECK(after_carrier({}, kPolicy, true, at(1s)) == WanHealth{});
  const auto cut = after_carrier({}, kPolicy, false, at(1s));
  CHECK(after_carrier(cut, kPolicy, false, at(2s)) == cut);
}

TEST_CASE("Without hold-down one good check is enough if one is asked for", "[refrouter]") {
  constexpr HealthPolicy kHasty{.down_count = 1, .up_count = 1, .hold_down = 0s};
  const auto down = after_check({}, kHasty, false, at(1s));
  CHECK_FALSE(down.up);
  CHECK(after_check(down, kHasty, true, at(1200ms)).up);
}
