// SPDX-License-Identifier: Apache-2.0
#include "measure/index/tap_observations.hpp"

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

std::vector<std::uint32_t> sequences_from(const TapObservations& sightings, RunInstant from) {
  std::vector<std::uint32_t> sequences;
  sightings.visit_from(from, [&](const TapObservation& seen) {
    sequences.push_back(seen.sequence);
    return sequences.size() < 3;
  });
  return sequences;
}

}  // namespace

TEST_CASE("TapObservations come back as they were seen, in order of time") {
  TapObservations sightings{20ms};
  const std::vector<TapObservation> seen{{RunInstant{1ms}, 0, 1, 0},  {RunInstant{21ms}, 1, 1, 0},
                                         {RunInstant{42ms}, 2, 1, 1}, {RunInstant{1min}, 3, 1, 1},
                                         {RunInstant{60ms}, 4, 2, 0}, {RunInstant{60ms}, 9, 2, 0}};
  for (const auto& one : seen)
    sightings.add(one);
  sightings.sort();
  CHECK(sightings.size() == seen.size());
  const std::vector<std::size_t> order{0, 1, 2, 4, 5, 3};
  std::size_t next = 0;
  sightings.visit([&](const TapObservation& one) {
    const auto& wanted = seen[order[next++]];
    CHECK(one.at == wanted.at);
    CHECK(one.sequence == wanted.sequence);
    CHECK(one.source == wanted.source);
    CHECK(one.wan == wanted.wan);
  });
  CHECK(next == seen.size());
}

TEST_CASE("TapObservations are visited from any instant on, as long as the visitor likes") {
  TapObservations sightings{20ms};
  CHECK(sequences_from(sightings, RunInstant{}).empty());
  for (std::uint32_t i = 0; i < 10'000; ++i)
    sightings.add({RunInstant{20ms * i}, i, 0, static_cast<std::uint8_t>(i > 5000 ? 1 : 0)});
  CHECK(sequences_from(sightings, RunInstant{-1s}) == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(sequences_from(sightings, RunInstant{20ms * 4999 + 1ns}) ==
        std::vector<std::uint32_t>{5000, 5001, 5002});
  CHECK(sequences_from(sightings, RunInstant{20ms * 9999}) == std::vector<std::uint32_t>{9999});
  CHECK(sequences_from(sightings, RunInstant{1h}).empty());
}

}  // namespace wandrill
