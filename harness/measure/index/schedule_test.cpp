// SPDX-License-Identifier: Apache-2.0
#include "measure/index/schedule.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

std::vector<Nanos> all_of(const Schedule& schedule) {
  std::vector<Nanos> due;
  for (std::size_t i = 0; i < schedule.size(); ++i)
    due.push_back(schedule[i].time_since_epoch());
  return due;
}

}  // namespace

TEST_CASE("A packet that nobody told of is due one interval after the one before it") {
  Schedule schedule{20ms};
  schedule.set(0, RunInstant{5ms});
  schedule.set(3, RunInstant{65ms});
  schedule.set(5, RunInstant{200ms});
  CHECK(all_of(schedule) == std::vector<Nanos>{5ms, 25ms, 45ms, 65ms, 85ms, 200ms});
}

TEST_CASE("A schedule without its first packet starts at zero") {
  Schedule schedule{20ms};
  schedule.set(2, RunInstant{70ms});
  CHECK(all_of(schedule) == std::vector<Nanos>{0ms, 20ms, 70ms});
}

TEST_CASE("A schedule may be as irregular as it likes") {
  Schedule schedule{0ms};
  std::vector<Nanos> wanted;
  for (int i = 0; i < 50; ++i) {
    wanted.push_back(Nanos{i * i});
    schedule.set(static_cast<std::size_t>(i), RunInstant{wanted.back()});
  }
  CHECK(all_of(schedule) == wanted);
}

TEST_CASE("A number that comes late, or again, moves no other packet") {
  Schedule schedule{20ms};
  for (const std::size_t i : {0U, 1U, 3U, 4U})
    schedule.set(i, RunInstant{20ms * i});
  schedule.set(2, RunInstant{41ms});
  schedule.set(0, RunInstant{1ms});
  schedule.set(4, RunInstant{81ms});
  schedule.set(4, RunInstant{82ms});
  schedule.set(3, RunInstant{60ms});
  CHECK(all_of(schedule) == std::vector<Nanos>{1ms, 20ms, 41ms, 60ms, 82ms});
}

}  // namespace wandrill
