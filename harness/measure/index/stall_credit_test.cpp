// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill::testing {
namespace {
using namespace std::chrono_literals;

RunBuilder on_backup() {
  RunBuilder run;
  run.session("call", 20ms).cut("wan_a", 5s, 20s).move("wan_b", 6s);
  return run;
}

Measured loss(RunBuilder& run) {
  return run.end(25s).measurements().metrics.at("call.up.loss@backup");
}

}  // namespace

TEST_CASE("A loss on a WAN that nobody touched, after a stall, may be the tester's") {
  auto run = on_backup().lose("call.up", 12s, 13s).stall(11200ms, 11300ms);
  const auto measured = loss(run);
  CHECK(*measured.value > 5.0);
  CHECK(measured.tester_share == Approx(*measured.value).epsilon(0.05));
}

TEST_CASE("Without a stall just before it the same loss is the router's") {
  auto run = on_backup().lose("call.up", 12s, 13s).stall(9s, 9100ms);
  CHECK(loss(run).tester_share == 0.0);
}

TEST_CASE("A loss on a WAN with a fault is the router's whatever the machine did before") {
  auto run = RunBuilder{};
  run.session("call", 20ms).cut("wan_a", 5s, 20s).stall(4500ms, 4600ms).end(25s);
  const auto lost = run.measurements().metrics.at("call.up.lost");
  CHECK(*lost.value == 750);
  CHECK(lost.tester_share == 0.0);
}

TEST_CASE("A loss while the router switches is the router's whatever the machine did before") {
  auto run = on_backup().lose("call.up", 6100ms, 7s).stall(5900ms, 6s);
  const auto measured = loss(run);
  CHECK(measured.tester_share == 0.0);
}

}  // namespace wandrill::testing
