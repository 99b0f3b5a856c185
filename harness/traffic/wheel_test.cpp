// SPDX-License-Identifier: Apache-2.0
#include "traffic/wheel.hpp"

#include <map>
#include <utility>

#include "base/random.hpp"
#include "base/testing/catch.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

Clock::time_point at(Nanos since_zero) {
  return Clock::time_point{since_zero};
}

using Fired = std::vector<std::pair<TimerWheel::Id, Nanos>>;

Fired pop(TimerWheel& wheel, Nanos now) {
  Fired fired;
  wheel.pop_due(at(now), [&](TimerWheel::Id id, Clock::time_point due) {
    fired.emplace_back(id, due.time_since_epoch());
  });
  return fired;
}

TEST_CASE("An empty wheel has nothing due") {
  TimerWheel wheel;
  CHECK_FALSE(wheel.next_due());
  CHECK(pop(wheel, 1h).empty());
}

TEST_CASE("An entry is due at its instant and not before") {
  TimerWheel wheel;
  wheel.add(at(5ms), 20ms, 7);
  CHECK(pop(wheel, 5ms - 1ns).empty());
  CHECK(pop(wheel, 5ms) == Fired{{7, 5ms}});
  CHECK(wheel.next_due() == at(25ms));
}

TEST_CASE("A late wake gives every missed packet with its own due time, in order") {
  TimerWheel wheel;
  wheel.add(at(0ms), 20ms, 1);
  wheel.add(at(7ms), 20ms, 2);
  CHECK(pop(wheel, 50ms) == Fired{{1, 0ms}, {2, 7ms}, {1, 20ms}, {2, 27ms}, {1, 40ms}, {2, 47ms}});
}

TEST_CASE("A late wake does not shift the schedule") {
  TimerWheel wheel;
  wheel.add(at(0ms), 20ms, 1);
  pop(wheel, 33ms);
  CHECK(wheel.next_due() == at(40ms));
}

TEST_CASE("An entry without interval is due once") {
  TimerWheel wheel;
  wheel.add(at(5ms), 0ms, 1);
  CHECK(pop(wheel, 1s) == Fired{{1, 5ms}});
  CHECK(wheel.size() == 0);
}

TEST_CASE("Entries due at the same instant come in the order of adding") {
  TimerWheel wheel;
  for (TimerWheel::Id id : {3U, 1U, 2U})
    wheel.add(at(1ms), 0ms, id);
  CHECK(pop(wheel, 1ms) == Fired{{3, 1ms}, {1, 1ms}, {2, 1ms}});
}

TEST_CASE("A callback may add entries, also ones that are already due") {
  TimerWheel wheel;
  wheel.add(at(1ms), 0ms, 1);
  Fired fired;
  wheel.pop_due(at(10ms), [&](TimerWheel::Id id, Clock::time_point due) {
    fired.emplace_back(id, due.time_since_epoch());
    if (id == 1) wheel.add(at(2ms), 5ms, 2);
  });
  CHECK(fired == Fired{{1, 1ms}, {2, 2ms}, {2, 7ms}});
}

TEST_CASE("A removed entry is never due again, the others stay") {
  TimerWheel wheel;
  wheel.add(at(1ms), 1ms, 1);
  wheel.add(at(2ms), 10ms, 2);
  wheel.remove(1);
  CHECK(pop(wheel, 5ms) == Fired{{2, 2ms}});
}

TEST_CASE("Hundreds of flows and a fast probe each get exactly their share over random wakes") {
  TimerWheel wheel;
  for (TimerWheel::Id id = 0; id < 600; ++id)
    wheel.add(at(33us * id), 20ms, id);
  wheel.add(at(0ms), 1ms, 600);
  std::map<TimerWheel::Id, int> count;
  Nanos last{0};
  Random random{1};
  for (Nanos now{0}; now <= 2s; now += Nanos{random.next() % 30'000'000}) {
    for (const auto& [id, due] : pop(wheel, now)) {
      CHECK(due >= last);
      last = due;
      ++count[id];
    }
  }
  for (const auto& [id, due] : pop(wheel, 2s))
    ++count[id];
  CHECK(count[600] == 2001);
  for (TimerWheel::Id id = 0; id < 600; ++id) {
    const int expected = 1 + static_cast<int>((2s - 33us * id) / 20ms);
    CHECK(count[id] == expected);
  }
}

}  // namespace
}  // namespace wandrill
