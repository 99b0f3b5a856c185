// SPDX-License-Identifier: Apache-2.0
#include "refrouter/check_window.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using Results = std::vector<CheckResult>;

namespace {

Instant at(Nanos time) {
  return Instant{time};
}

}  // namespace

TEST_CASE("A check is answered as soon as its quorum has answered", "[refrouter]") {
  CheckWindow window{3, 2, 300ms};
  window.sent(7, at(0s));
  window.answer(0, 7);
  window.answer(0, 7);
  CHECK(window.resolve(at(10ms)).empty());
  window.answer(2, 7);
  CHECK(window.resolve(at(11ms)) == Results{{7, true, 2}});
  CHECK_FALSE(window.next_deadline().has_value());
}

TEST_CASE("A check without its quorum is lost exactly at its timeout", "[refrouter]") {
  CheckWindow window{2, 2, 300ms};
  window.sent(0, at(1s));
  window.answer(1, 0);
  CHECK(window.next_deadline() == at(1300ms));
  CHECK(window.resolve(at(1299ms)).empty());
  CHECK(window.resolve(at(1300ms)) == Results{{0, false, 1}});
}

TEST_CASE("Results keep the order of the checks", "[refrouter]") {
  CheckWindow window{1, 1, 300ms};
  window.sent(0, at(0ms));
  window.sent(1, at(200ms));
  window.answer(0, 1);
  CHECK(window.resolve(at(201ms)).empty());
  CHECK(window.resolve(at(300ms)) == Results{{0, false, 0}, {1, true, 1}});
}

TEST_CASE("Answers that arrived while the router slept count", "[refrouter]") {
  CheckWindow window{1, 1, 300ms};
  window.sent(0, at(0ms));
  window.answer(0, 0);
  CHECK(window.resolve(at(5s)) == Results{{0, true, 1}});
}

TEST_CASE("Answers to nothing under way are passed over", "[refrouter]") {
  CheckWindow window{1, 1, 300ms};
  window.answer(0, 3);
  window.sent(65536 + 3, at(0ms));
  window.answer(1, 3);
  window.answer(0, 4);
  CHECK(window.resolve(at(1ms)).empty());
  window.answer(0, 3);
  CHECK(window.resolve(at(2ms)) == Results{{65536 + 3, true, 1}});
}

TEST_CASE("Checks are due on an absolute schedule that a late wake does not move", "[refrouter]") {
  CheckSchedule schedule{.start = at(1s), .interval = 200ms};
  CHECK(schedule.due() == at(1s));
  CHECK(schedule.take(at(1090ms)) == 0);
  CHECK(schedule.due() == at(1200ms));
  CHECK(schedule.take(at(1200ms)) == 1);
  CHECK(schedule.due() == at(1400ms));
}

TEST_CASE("Checks missed in a stall are left out", "[refrouter]") {
  CheckSchedule schedule{.start = at(0s), .interval = 200ms};
  CHECK(schedule.take(at(1050ms)) == 5);
  CHECK(schedule.due() == at(1200ms));
}
