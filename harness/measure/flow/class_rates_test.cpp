// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/class_rates.hpp"

#include "base/testing/catch.hpp"
#include "measure/measure.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

/// Two calls of 160 bytes every 20 ms and a backup of 1 Mbit/s; wan_a is cut from 3 s to 6 s.
Measurements class_run() {
  RunBuilder run;
  run.session("call.1", 20ms).session("call.2", 20ms);
  run.session("backup", 1s, TrafficKind::kBulk).session("ruler", 20ms, TrafficKind::kProbe);
  run.cut("wan_a", 3s, 6s).move("wan_b", 4s).move("wan_a", 7s);
  std::uint64_t received = 0;
  for (Nanos at = 0s; at <= 13s; at += 200ms)
    run.event(VolumeEvent{.at = RunInstant{at},
                          .session = "backup",
                          .direction = "up",
                          .sent = received,
                          .received = received += 25'000});
  run.end(10s);
  auto plan = run.plan();
  auto& sessions = plan.traffic.sessions;
  for (auto& session : sessions) {
    session.payload_bytes = 160;
    session.dscp = session.name.starts_with("call") ? 46 : 0;
    session.client.node = session.name == "backup" ? "workstation" : "phones";
  }
  sessions[2].own = BulkPlan{};
  plan.topology.capacity = {{.name = "voice", .dscp = 46},
                            {.name = "backup", .from = {"workstation"}},
                            {.name = "camera", .from = {"camera"}}};
  return measure(plan, run.recording());
}

const Measured& class_metric(const Measurements& measured, const std::string& name) {
  REQUIRE(measured.metrics.contains(name));
  return measured.metrics.at(name);
}

}  // namespace

TEST_CASE("A class's rate is what arrived of its sessions over the time") {
  const auto measured = class_run();
  const auto& before = class_metric(measured, "class.voice.up.rate@before");
  REQUIRE(before.value);
  CHECK(std::abs(*before.value - 128'000) <= before.accuracy);
  CHECK(before.accuracy < 2'000);
  CHECK(before.unit == MetricUnit::kBitsPerSecond);
  const auto& backup = class_metric(measured, "class.backup.up.rate@backup");
  CHECK(std::abs(*backup.value - 1'000'000) <= backup.accuracy);
  CHECK(*class_metric(measured, "class.voice.down.rate").value < 128'000);
}

TEST_CASE("A class's loss is that of all its packets") {
  const auto measured = class_run();
  CHECK(*class_metric(measured, "class.voice.up.loss@before").value == 0.0);
  const auto& whole = class_metric(measured, "class.voice.up.loss");
  CHECK(*whole.value == Approx(*class_metric(measured, "call.1.up.loss").value).margin(0.2));
  CHECK(*whole.value > 5.0);
  CHECK(whole.accuracy == 0.0);
  CHECK(class_metric(measured, "class.voice.up.loss@backup").accuracy > 0.0);
}

TEST_CASE("A class without packets, or without traffic, has no number and says why") {
  const auto measured = class_run();
  CHECK_FALSE(class_metric(measured, "class.backup.up.loss").value);
  CHECK(class_metric(measured, "class.backup.up.loss").note ==
        "no packets of this class are told apart");
  CHECK_FALSE(class_metric(measured, "class.camera.up.rate").value);
  CHECK(class_metric(measured, "class.camera.up.rate").note == "this class has no traffic");
  CHECK(*class_metric(measured, "class.backup.down.rate").value == 0.0);
}

}  // namespace wandrill
