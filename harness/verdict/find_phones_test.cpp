// SPDX-License-Identifier: Apache-2.0
#include "verdict/find_phones.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

/// A phone that registers every minute and is asked every 10 s, and what was measured of it.
struct Desk {
  Plan plan;
  Measurements measured;

  Desk() {
    SessionPlan phone{.name = "phone"};
    phone.own = SipPlan{.register_every = 60s, .options_every = 10s};
    plan.traffic.sessions.push_back(phone);
    set("longest_unreachable", 10.0).accuracy = 10.0;
    set("registration_delay", std::nullopt).note = "no REGISTER was sent";
    set("registrations_failed", std::nullopt);
  }

  Measured& set(const std::string& name, std::optional<double> value) {
    auto& measured_value = measured.metrics["phone." + name];
    measured_value.value = value;
    return measured_value;
  }

  [[nodiscard]] std::vector<Finding> found() const {
    std::vector<Finding> all;
    find_phone_troubles(plan, measured, all);
    return all;
  }
};

}  // namespace

TEST_CASE("A phone that had nothing to say is not unreachable") {
  CHECK(Desk{}.found().empty());
}

TEST_CASE("A registration that nobody answers is found, with what keeps it from arriving") {
  Desk desk;
  desk.set("registrations_failed", 100.0);
  desk.set("registration_delay", std::nullopt).note =
      "the REGISTER of 9.0 s was never answered with success";
  const auto found = desk.found();
  REQUIRE(found.size() == 1);
  CHECK(found[0].title == "Phone was not reachable");
  CHECK(found[0].evidence == "The REGISTER of 9.0 s was never answered with success.");
  CHECK(found[0].advice.starts_with("Flush the connection tracking entries of SIP"));
}

TEST_CASE("A phone that is silent after the switch is told to speak more often") {
  Desk desk;
  desk.set("longest_unreachable", 65.0).accuracy = 10.0;
  const auto found = desk.found();
  REQUIRE(found.size() == 1);
  CHECK(found[0].evidence == "It could not be called for 65.0 s.");
  CHECK(found[0].bucket == Finding::Bucket::kPlannedEngineering);
  CHECK(found[0].advice.starts_with("It registers every 60s, and until it does"));
}

TEST_CASE("A phone that spoke and is out of reach all the same is the router's") {
  Desk desk;
  desk.set("longest_unreachable", 90.0).accuracy = 10.0;
  REQUIRE(desk.found().size() == 1);
  CHECK(desk.found()[0].advice.starts_with("Flush the connection tracking entries of SIP"));
}

TEST_CASE("The tester's own share makes no phone unreachable") {
  Desk desk;
  auto& away = desk.set("longest_unreachable", 35.0);
  away.accuracy = 10.0;
  away.tester_share = 10.0;
  CHECK(desk.found().empty());
}

TEST_CASE("Signalling and voice that were apart are found") {
  Desk desk;
  auto& apart = desk.set("paths_apart", 3.5);
  apart.note = "signalling by wan_a, voice by wan_b";
  apart.when = TimeSpan{RunInstant{12s}, RunInstant{15500ms}};
  const auto found = desk.found();
  REQUIRE(found.size() == 1);
  CHECK(found[0].evidence.find(
            "For 3.50 s (from 12.0 s on): signalling by wan_a, voice by wan_b.") == 0);
  desk.set("paths_apart", 2.5);
  CHECK(desk.found().empty());
}

}  // namespace wandrill
