// SPDX-License-Identifier: Apache-2.0
#include "calibrate/warnings.hpp"

#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using testing::RunBuilder;

namespace {

ExpectationPlan at_most(const std::string& metric, double bound) {
  return {.where = {"drill.yaml", 7, 5},
          .text = metric + " at most " + std::to_string(bound),
          .what = MetricExpectation{.metric = metric, .at_most = bound}};
}

std::vector<Mistake> warnings_of(const ExpectationPlan& expectation) {
  RunBuilder run;
  run.session("ruler", 5ms, TrafficKind::kProbe).session("call", 20ms).expect(expectation);
  Calibration calibration{.key = {.engine = "wire"}, .taken = "2026-11-23T14:00:00Z"};
  calibration.idle.outage_probe.p95 = 1.5;
  calibration.idle.outage_call.p95 = 19;
  calibration.idle.delay.p99 = 0.2;
  return too_tight(run.plan(), calibration);
}

}  // namespace

TEST_CASE("A bound tighter than the tester is warned of, with its place", "[calibrate]") {
  const auto warnings = warnings_of(at_most("call.up.longest_gap@backup", 0.01));
  REQUIRE(warnings.size() == 1);
  CHECK(to_string(warnings[0].where) + ": " + warnings[0].message ==
        "drill.yaml:7:5: warning: 'call.up.longest_gap@backup at most 0.010000' is tighter than "
        "this tester: it measures outages of a call to ± 19 ms (p95, engine wire, calibrated "
        "2026-11-23T14:00:00Z)");
}

TEST_CASE("Each quantity has the error of its own kind", "[calibrate]") {
  CHECK(warnings_of(at_most("ruler.up.longest_gap", 0.01)).empty());
  CHECK(warnings_of(at_most("ruler.up.longest_gap", 0.001)).size() == 1);
  CHECK(warnings_of(at_most("failover.first_route_convergence_time", 0.001)).size() == 1);
  CHECK(warnings_of(at_most("failover.additive_backup_delay", 0.0001)).size() == 1);
  CHECK(warnings_of(at_most("failover.additive_backup_delay", 0.001)).empty());
  const StateExpectation soon{.after = "cut", .within = 1ms};
  CHECK(warnings_of({.text = "egress wan_b within 1ms", .what = soon}).size() == 1);
}

TEST_CASE("Bounds that are no time, or no tighter, are not warned of", "[calibrate]") {
  CHECK(warnings_of(at_most("call.up.longest_gap", 2)).empty());
  CHECK(warnings_of(at_most("call.up.loss", 0.001)).empty());
  CHECK(warnings_of(at_most("router.switches", 0.001)).empty());
}
