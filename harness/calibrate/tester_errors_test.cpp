// SPDX-License-Identifier: Apache-2.0
#include "calibrate/tester_errors.hpp"

#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using testing::RunBuilder;

namespace {

/// The plan of a made-up run, with its cuts taken for faults of another kind.
Plan with_faults_of(const RunBuilder& run, FaultKind kind, const Impairment& value) {
  Plan plan = run.plan();
  for (auto& step : plan.timeline.steps)
    if (auto* fault = std::get_if<FaultAction>(&step.action)) {
      fault->kind = kind;
      fault->value = value;
    }
  return plan;
}

}  // namespace

TEST_CASE("A cut is measured to within the packet interval, each direction a case", "[calibrate]") {
  RunBuilder run;
  run.session("ruler", 1ms, TrafficKind::kProbe).session("call", 20ms);
  run.cut("wan_a", 1s, 1307300us, "one").cut("wan_a", 2s, 2207300us, "two").end(4s);
  const auto found =
      measure_accuracy(with_faults_of(run, FaultKind::kBlackhole, {}), run.recording());
  CHECK(found.outage_probe.count == 4);
  CHECK(found.outage_probe.max > 0.0);
  CHECK(found.outage_probe.max <= 1.0);
  CHECK(found.outage_call.count == 4);
  CHECK(found.outage_call.max <= 20.0);
  CHECK(found.stalls == 0);
}

TEST_CASE("A tester that goes deaf around a cut is that much wrong", "[calibrate]") {
  RunBuilder run;
  run.session("ruler", 1ms, TrafficKind::kProbe).cut("wan_a", 1s, 1300ms);
  run.lose("ruler.up", 1300ms, 1340ms).end(3s);
  const auto found =
      measure_accuracy(with_faults_of(run, FaultKind::kBlackhole, {}), run.recording());
  CHECK(found.outage_probe.max == Approx(40.0).margin(1.5));
}

TEST_CASE("Delays that come late count with their lateness", "[calibrate]") {
  RunBuilder run;
  run.session("ruler", 1ms, TrafficKind::kProbe).cut("wan_b", 1s, 3s);
  run.hold("ruler.up", 2s, 7ms).end(4s);
  // The made-up line holds packets for 4 ms; a fault that adds nothing must be seen to add nothing.
  auto plan = with_faults_of(run, FaultKind::kDelay, {});
  for (auto& wan : plan.topology.wans)
    wan.up.delay = wan.down.delay = 4ms;
  const auto found = measure_accuracy(plan, run.recording());
  CHECK(found.delay.count > 3000);
  CHECK(found.delay.p99 < 0.01);
  CHECK(found.delay.max == Approx(7.0).margin(0.01));
}

TEST_CASE("A loss is compared with what chance makes of it", "[calibrate]") {
  RunBuilder run;
  run.session("ruler", 1ms, TrafficKind::kProbe).cut("wan_b", 1s, 3s).lose("ruler.up", 2s, 2100ms);
  run.end(4s);
  const auto plan = with_faults_of(run, FaultKind::kLoss, {.loss = Percent{5}});
  const auto found = measure_accuracy(plan, run.recording());
  REQUIRE(found.losses.size() == 2);
  CHECK(found.losses[0].flow == "ruler.up");
  CHECK(found.losses[0].sent == Approx(1960).margin(2));
  CHECK(found.losses[0].lost == 100);
  CHECK(found.losses[0].holds());
  // Nothing at all was lost the other way: that is no loss of 5 %.
  CHECK(found.losses[1].lost == 0);
  CHECK_FALSE(found.losses[1].holds());
}
