// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

RunBuilder call() {
  RunBuilder run;
  run.session("call", 20ms).cut("wan_a", 5s, 13s).move("wan_b", 6s).move("wan_a", 16s);
  return run;
}

/// What was due from 17 s to 23 s waited until 25.5 s, all of it.
RunBuilder queued(RunBuilder run) {
  for (Nanos at = 17s; at < 23s; at += 20ms)
    run.hold("call.up", at, 25500ms - at);
  return run;
}

/// A machine that stands still for 30 ms in 100 ms.
RunBuilder starved(RunBuilder run, Nanos from, Nanos until) {
  for (Nanos at = from; at < until; at += 100ms)
    run.stall(at, at + 30ms);
  return run;
}

RunBuilder not_steady(RunBuilder run) {
  run.event(GateEvent{.at = RunInstant{27s}, .name = "steady_after", .met = false});
  return run;
}

double blamed(const Measured& measured) {
  return *measured.value - measured.tester_share;
}

Measured longest_gap(const RunBuilder& run) {
  return *run.measurements().metric("call.up.longest_gap");
}

}  // namespace

TEST_CASE("A gap of late packets is the router's while the tester did not stall") {
  const auto gap = longest_gap(queued(call()).end(30s));
  CHECK(*gap.value == Approx(6.0).margin(0.5));
  CHECK(blamed(gap) > 5.0);
}

TEST_CASE("A gap of late packets while the tester starved is no router's") {
  auto run = starved(queued(call()), 16s, 26s);
  run.end(30s);
  // What is left is the gap of the switch at 6 s; the number is no shorter for that.
  CHECK(blamed(longest_gap(run)) == Approx(1.02).margin(0.05));
  CHECK(*longest_gap(run).value == Approx(6.0).margin(0.5));
}

TEST_CASE("Stalls of less than a tenth of the time make no backlog") {
  auto run = queued(call());
  run.stall(18s, 18100ms);
  CHECK(blamed(longest_gap(run.end(30s))) > 4.0);
}

TEST_CASE("Packets lost while the tester starved stay the router's, but for half of the time") {
  auto run = starved(call(), 16s, 26s);
  run.lose("call.up", 17s, 23s);
  CHECK(blamed(longest_gap(run.end(30s))) == Approx(3.0).margin(0.1));
}

TEST_CASE("What was lost within a backlog stays the router's") {
  auto run = starved(queued(call()), 16s, 26s);
  run.lose("call.up", 17s, 21s);
  CHECK(blamed(longest_gap(run.end(30s))) == Approx(2.0).margin(0.1));
}

TEST_CASE("What still waits behind late packets when the recording ends is late, too") {
  const auto gap_until = [](Nanos end) {
    auto run = call();
    for (Nanos at = 17s; at < 24s; at += 20ms)
      run.hold("call.up", at, 2500ms + (at - Nanos{17s}) / 2);
    run.lose("call.up", 24s, 40s);
    return longest_gap(starved(run, 16s, 40s).end(end));
  };
  CHECK(blamed(gap_until(28s)) == Approx(1.02).margin(0.05));
  // Nothing came for long before the end: nobody holds anything any more.
  CHECK(blamed(gap_until(36s)) > 3.0);
}

TEST_CASE("Unsteady traffic is inconclusive for a backlog of the tester's own, no router's") {
  const auto tester_overloaded = [](const RunBuilder& run) {
    return run.measurements().gates.back().tester_overloaded;
  };
  CHECK(tester_overloaded(not_steady(starved(queued(call()), 16s, 26s)).end(30s)));
  CHECK_FALSE(tester_overloaded(not_steady(queued(call())).end(30s)));
  auto lossy = starved(queued(call()), 16s, 26s);
  for (Nanos at = 9s; at < 30s; at += 2s)
    lossy.lose("call.down", at, at + 40ms);
  CHECK_FALSE(tester_overloaded(not_steady(lossy).end(30s)));
}

}  // namespace wandrill
