// SPDX-License-Identifier: Apache-2.0
#include "refrouter/failover.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kA = 0;
constexpr std::size_t kB = 1;
constexpr HealthPolicy kHealth{.down_count = 2, .up_count = 2, .hold_down = 3s};

Instant at(Nanos time) {
  return Instant{time};
}

Failover two_wans(FailoverPolicy policy = {.health = kHealth}) {
  return {policy, std::vector<WanHealth>(2)};
}

/// Loses as many checks as make the WAN go down; what was decided on the last.
Decisions lose(Failover& failover, std::size_t wan, Nanos now) {
  CHECK(failover.check(wan, false, at(now)).empty());
  return failover.check(wan, false, at(now));
}

/// Answers as many checks as prove the WAN.
Decisions answer(Failover& failover, std::size_t wan, Nanos now) {
  CHECK(failover.check(wan, true, at(now)).empty());
  return failover.check(wan, true, at(now));
}

Decision down(std::size_t wan, std::string_view reason = "checks") {
  return {DecisionKind::kWanDown, wan, reason};
}
Decision up(std::size_t wan) {
  return {DecisionKind::kWanUp, wan, "checks"};
}
Decision to(std::size_t wan, std::string_view reason, std::size_t from) {
  return {DecisionKind::kSwitch, wan, reason, from};
}

}  // namespace

TEST_CASE("Traffic moves when the active WAN goes down, and back after its hold-down",
          "[refrouter]") {
  auto failover = two_wans();
  CHECK(lose(failover, kA, 1s) == Decisions{down(kA), to(kB, "wan_down", kA)});
  CHECK(failover.active() == kB);
  CHECK(answer(failover, kA, 2s).empty());
  CHECK(failover.next_deadline() == at(4s));
  CHECK(failover.time(at(3999ms)).empty());
  CHECK(failover.time(at(4s)) == Decisions{up(kA), to(kA, "failback", kB)});
  CHECK_FALSE(failover.next_deadline().has_value());
}

TEST_CASE("The other WAN's death moves nothing", "[refrouter]") {
  auto failover = two_wans();
  CHECK(lose(failover, kB, 1s) == Decisions{down(kB)});
  CHECK(failover.active() == kA);
}

TEST_CASE("Lost carrier moves traffic at once", "[refrouter]") {
  auto failover = two_wans();
  CHECK(failover.carrier(kA, false, at(1s)) ==
        Decisions{down(kA, "carrier"), to(kB, "wan_down", kA)});
}

TEST_CASE("Without failback the backup is kept until it dies itself", "[refrouter]") {
  auto failover = two_wans({.health = kHealth, .failback = false});
  lose(failover, kA, 1s);
  answer(failover, kA, 2s);
  CHECK(failover.time(at(10s)) == Decisions{up(kA)});
  CHECK(failover.active() == kB);
  CHECK(lose(failover, kB, 11s) == Decisions{down(kB), to(kA, "wan_down", kB)});
}

TEST_CASE("Failback waits until the better WAN has been up for its delay", "[refrouter]") {
  auto failover = two_wans({.health = kHealth, .failback_delay = 5s});
  lose(failover, kA, 1s);
  answer(failover, kA, 2s);
  CHECK(failover.time(at(4s)) == Decisions{up(kA)});
  CHECK(failover.next_deadline() == at(9s));
  CHECK(failover.time(at(8s)).empty());
  CHECK(failover.time(at(9s)) == Decisions{to(kA, "failback", kB)});
}

TEST_CASE("A WAN that dies during the failback delay is not gone back to", "[refrouter]") {
  auto failover = two_wans({.health = kHealth, .failback_delay = 5s});
  lose(failover, kA, 1s);
  answer(failover, kA, 2s);
  failover.time(at(4s));
  CHECK(lose(failover, kA, 6s) == Decisions{down(kA)});
  CHECK_FALSE(failover.next_deadline().has_value());
  CHECK(failover.time(at(20s)).empty());
}

TEST_CASE("With every WAN down the last one is kept and the first that answers is taken",
          "[refrouter]") {
  auto failover = two_wans();
  lose(failover, kA, 1s);
  CHECK(lose(failover, kB, 2s) == Decisions{down(kB)});
  CHECK(failover.active() == kB);
  SECTION("the last one: it stays, and its hold-down ends in place") {
    CHECK(answer(failover, kB, 3s).empty());
    CHECK(failover.time(at(5s)) == Decisions{up(kB)});
    CHECK(failover.active() == kB);
  }
  SECTION("another one: traffic moves before its hold-down ends") {
    CHECK(answer(failover, kA, 3s) == Decisions{to(kA, "last_resort", kB)});
    CHECK(failover.time(at(4s)) == Decisions{up(kA)});
    CHECK(failover.active() == kA);
  }
}

TEST_CASE("A backup that answers is not left for one that is worse by failback's order",
          "[refrouter]") {
  auto failover = two_wans({.health = kHealth, .failback = false});
  lose(failover, kA, 1s);
  lose(failover, kB, 2s);
  answer(failover, kB, 3s);
  answer(failover, kA, 3s);
  CHECK(failover.time(at(4s)) == Decisions{up(kA)});  // A's hold-down ends first; B works
  CHECK(failover.active() == kB);
}

TEST_CASE("By hand traffic moves to the other WAN and stays", "[refrouter]") {
  auto failover = two_wans();
  CHECK(failover.failover(at(1s)) == Decisions{to(kB, "command", kA)});
  CHECK(failover.is_by_hand());
  CHECK(failover.time(at(100s)).empty());
  CHECK_FALSE(failover.next_deadline().has_value());
  CHECK(failover.check(kA, true, at(101s)).empty());
  CHECK(failover.failback(at(102s)) == Decisions{to(kA, "command", kB)});
  CHECK_FALSE(failover.is_by_hand());
}

TEST_CASE("A failover by hand ends when that WAN dies", "[refrouter]") {
  auto failover = two_wans();
  failover.failover(at(1s));
  CHECK(lose(failover, kB, 2s) == Decisions{down(kB), to(kA, "wan_down", kB)});
  CHECK_FALSE(failover.is_by_hand());
  answer(failover, kB, 3s);
  CHECK(failover.time(at(5s)) == Decisions{up(kB)});
  CHECK(failover.active() == kA);
}

TEST_CASE("By hand nothing moves to a WAN that is dead", "[refrouter]") {
  auto failover = two_wans();
  lose(failover, kB, 1s);
  CHECK(failover.failover(at(2s)).empty());
  CHECK_FALSE(failover.is_by_hand());
}

TEST_CASE("Failback by hand does not wait for the delay", "[refrouter]") {
  auto failover = two_wans({.health = kHealth, .failback = false, .failback_delay = 1h});
  lose(failover, kA, 1s);
  answer(failover, kA, 2s);
  failover.time(at(4s));
  CHECK(failover.failback(at(5s)) == Decisions{to(kA, "command", kB)});
}

TEST_CASE("A flapping WAN is left once and gone back to once", "[refrouter]") {
  auto failover = two_wans();
  std::size_t switches = 0;
  const auto count = [&](const Decisions& decisions) {
    for (const auto& decision : decisions)
      switches += decision.kind == DecisionKind::kSwitch ? 1 : 0;
  };
  for (auto now = 0ms; now < 40s; now += 200ms) {
    const bool dead = now < 16s && (now / 1s) % 2 == 0;
    count(failover.time(at(now)));
    count(failover.check(kA, !dead, at(now)));
    count(failover.check(kB, true, at(now)));
  }
  CHECK(switches == 2);
  CHECK(failover.active() == kA);
}

TEST_CASE("Of three WANs the best that is up is taken", "[refrouter]") {
  Failover failover{{.health = kHealth}, std::vector<WanHealth>(3)};
  CHECK(lose(failover, kB, 1s) == Decisions{down(kB)});
  CHECK(lose(failover, kA, 2s) == Decisions{down(kA), to(2, "wan_down", kA)});
  answer(failover, kB, 3s);
  CHECK(failover.time(at(4s)) == Decisions{up(kB), to(kB, "failback", 2)});
}
