// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/volumes.hpp"

#include "base/testing/catch.hpp"
#include "measure/measure.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

/// A backup that gets `bytes_per_sample` through every 200 ms, but nothing from 4 s to 6 s.
Measurements backup(std::uint64_t bytes_per_sample) {
  RunBuilder run;
  run.session("ruler", 5ms, TrafficKind::kProbe).session("backup", 1s, TrafficKind::kBulk);
  std::uint64_t received = 0;
  for (Nanos at = 0s; at <= 13s; at += 200ms) {
    if (at <= 4s || at > 6s) received += bytes_per_sample;
    run.event(VolumeEvent{.at = RunInstant{at},
                          .session = "backup",
                          .direction = "up",
                          .sent = received,
                          .received = received});
  }
  run.end(10s);
  auto plan = run.plan();
  plan.traffic.sessions[1].own = BulkPlan{};
  return measure(plan, run.recording());
}

}  // namespace

TEST_CASE("A transfer's rate is what its receiver read over the time") {
  const auto measured = backup(25'000);  // 1 Mbit/s, but for 2 of 12 s
  const auto& rate = measured.metrics.at("backup.up.rate");
  REQUIRE(rate.value);
  CHECK(rate.unit == MetricUnit::kBitsPerSecond);
  CHECK(std::abs(*rate.value - 1e6 * 10 / 12) <= rate.accuracy);
  CHECK(rate.accuracy < 0.05e6);
}

TEST_CASE("A transfer's silence is the longest time in which nothing was read") {
  const auto measured = backup(25'000);
  const auto& silence = measured.metrics.at("backup.up.longest_silence");
  REQUIRE(silence.value);
  CHECK(*silence.value == Approx(2.0).margin(0.201));
  CHECK(silence.accuracy == Approx(0.2));
}

TEST_CASE("A direction that a transfer does not go has no numbers") {
  CHECK_FALSE(backup(1).metrics.contains("backup.down.rate"));
}

}  // namespace wandrill
