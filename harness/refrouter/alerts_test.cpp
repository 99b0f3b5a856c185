// SPDX-License-Identifier: Apache-2.0
#include "refrouter/alerts.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

constexpr Decision kDown{.kind = DecisionKind::kWanDown, .wan = 0, .reason = "checks"};
constexpr Decision kAway{.kind = DecisionKind::kSwitch, .wan = 1, .reason = "wan_down", .from = 0};
constexpr Decision kBack{.kind = DecisionKind::kSwitch, .wan = 0, .reason = "failback", .from = 1};

Instant at(Nanos time) {
  return Instant{time};
}

Alerts two_wans() {
  return Alerts{{.long_failover = 3s, .flap_count = 3, .flap_window = 30s}, {"wan_a", "wan_b"}};
}

}  // namespace

TEST_CASE("A failover and the way back are told", "[refrouter]") {
  auto alerts = two_wans();
  CHECK(alerts.take(kDown, at(1s)) ==
        std::vector<Alert>{{Severity::kWarning, "wan_a is down: checks"}});
  CHECK(alerts.take(kAway, at(1s)) ==
        std::vector<Alert>{{Severity::kWarning, "failover: wan_a -> wan_b"}});
  CHECK(alerts.take(kBack, at(2s)) ==
        std::vector<Alert>{{Severity::kNotice, "failback: wan_b -> wan_a"}});
  CHECK_FALSE(alerts.next_deadline());
  CHECK(alerts.time(at(60s)).empty());
}

TEST_CASE("A failover that lasts is told once", "[refrouter]") {
  auto alerts = two_wans();
  alerts.take(kAway, at(1s));
  REQUIRE(alerts.next_deadline() == at(4s));
  CHECK(alerts.time(at(3999ms)).empty());
  CHECK(alerts.time(at(4s)) ==
        std::vector<Alert>{{Severity::kWarning, "failover lasts longer than 3 s: still on wan_b"}});
  CHECK(alerts.time(at(60s)).empty());
  CHECK_FALSE(alerts.next_deadline());
  alerts.take(kBack, at(61s));
  alerts.take(kAway, at(70s));
  CHECK(alerts.next_deadline() == at(73s));
}

TEST_CASE("A WAN that goes down often within the window flaps", "[refrouter]") {
  auto alerts = two_wans();
  CHECK(alerts.take(kDown, at(0s)).size() == 1);
  CHECK(alerts.take(kDown, at(10s)).size() == 1);
  const auto third = alerts.take(kDown, at(20s));
  REQUIRE(third.size() == 2);
  CHECK(third[1].text == "wan_a is flapping: down 3 times within 30 s");
  CHECK(alerts.take(kDown, at(21s)).size() == 1);
}

TEST_CASE("What lies outside of the window is no flapping", "[refrouter]") {
  auto alerts = two_wans();
  for (const auto time : {0s, 16s, 32s, 48s})
    CHECK(alerts.take(kDown, at(time)).size() == 1);
}
