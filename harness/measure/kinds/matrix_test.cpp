// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/matrix.hpp"

#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;
using State = MatrixInterval::State;

/// On wan_a until the cut at 5 s, on wan_b from 6 s to 12 s, then on wan_a again until 18 s.
RunBuilder there_and_back() {
  RunBuilder run;
  run.session("ruler", 5ms, TrafficKind::kProbe)
      .session("policy", 200ms, TrafficKind::kMatrix)
      .cut("wan_a", 5s, 10s)
      .move("wan_b", 6s)
      .move("wan_a", 12s)
      .end(18s);
  return run;
}

std::vector<State> states_of(const MatrixCell& cell) {
  std::vector<State> states;
  for (const auto& stay : cell.stays)
    states.push_back(stay.state());
  return states;
}

}  // namespace

TEST_CASE("A pair that is open on every WAN does not differ, whatever its outage") {
  const auto measured = there_and_back().measurements();
  REQUIRE(measured.matrix.size() == 1);
  CHECK(states_of(measured.matrix[0]) == std::vector{State::kOpen, State::kOpen, State::kOpen});
  CHECK(measured.metrics.at("policy.differences").value == 0.0);
  CHECK(measured.metrics.at("policy.compared").value == 1.0);
  CHECK_FALSE(measured.metrics.at("policy.differences").when);
  // What the fault and the switch cost is not counted against either stay.
  for (const auto& stay : measured.matrix[0].stays)
    CHECK(stay.arrived == stay.attempts);
}

TEST_CASE("A pair that is closed on the backup only differs, and is told with its time") {
  const auto measured = there_and_back().lose("policy.up", 6s, 12s).measurements();
  CHECK(states_of(measured.matrix[0]) == std::vector{State::kOpen, State::kClosed, State::kOpen});
  const auto& differences = measured.metrics.at("policy.differences");
  CHECK(differences.value == 1.0);
  CHECK(differences.note == "policy on wan_b");
  REQUIRE(differences.when);
  CHECK(differences.when->from >= RunInstant{6s});
  CHECK(differences.when->until <= RunInstant{12100ms});
  CHECK(measured.metrics.at("policy.closed").value == 1.0);
  CHECK(measured.metrics.at("policy.opened").value == 0.0);
}

TEST_CASE("A pair that only the backup opens differs as well") {
  const auto measured =
      there_and_back().lose("policy.up", 0s, 6s).lose("policy.up", 12s, 18s).measurements();
  CHECK(measured.metrics.at("policy.opened").value == 1.0);
  CHECK(measured.metrics.at("policy.closed").value == 0.0);
  CHECK(measured.matrix[0].other()->wan == "wan_b");
}

TEST_CASE("What is lost on the way back differs from what the same WAN let pass at first") {
  const auto measured = there_and_back().lose("policy.up", 12s, 18s).measurements();
  CHECK(measured.metrics.at("policy.closed").value == 1.0);
  CHECK(measured.metrics.at("policy.differences").note == "policy on wan_a");
  CHECK(measured.matrix[0].other()->span.from >= RunInstant{12s});
}

TEST_CASE("A pair that is slow to follow is open all the same") {
  const auto measured = there_and_back().lose("policy.up", 5s, 9s).measurements();
  CHECK(measured.metrics.at("policy.differences").value == 0.0);
}

TEST_CASE("What leaves by another WAN than the rest says nothing of the one in use") {
  // The pair stays on wan_a, which works again: what arrives by it does not open wan_b.
  auto run = there_and_back();
  run.move("wan_a", 9s, "policy").lose("policy.up", 6s, 9s);
  const auto measured = run.measurements();
  const auto& on_backup = measured.matrix[0].stays[1];
  CHECK(on_backup.arrived == 0);
  CHECK(on_backup.state() == State::kClosed);
}

TEST_CASE("Too few attempts tell nothing, and a run on one WAN has nothing to compare") {
  RunBuilder brief;
  brief.session("ruler", 5ms, TrafficKind::kProbe)
      .session("policy", 200ms, TrafficKind::kMatrix)
      .cut("wan_a", 5s, 0s)
      .move("wan_b", 6s)
      .lose("policy.up", 6s, 8s)
      .end(7500ms);
  const auto measured = brief.measurements();
  CHECK(measured.matrix[0].stays[1].attempts > 0);
  CHECK(measured.matrix[0].stays[1].attempts < MatrixInterval::kLeastAttempts);
  const auto& differences = measured.metrics.at("policy.differences");
  CHECK_FALSE(differences.value);
  CHECK(differences.note == "no pair was tried 5 times on more than one WAN");

  RunBuilder still;
  still.session("ruler", 5ms, TrafficKind::kProbe)
      .session("policy", 200ms, TrafficKind::kMatrix)
      .end(10s);
  CHECK(still.measurements().metrics.at("policy.differences").note ==
        "traffic left by one WAN only, so that there is nothing to compare");
}

TEST_CASE("Packets that were refused or are still on their way are no attempts") {
  const auto measured = there_and_back().refuse("policy.up", 6s, 12s).measurements();
  CHECK(measured.matrix[0].stays[1].attempts == 0);
  CHECK(measured.matrix[0].stays[1].state() == State::kUntried);
  // The first and the last stay still tell.
  CHECK(measured.metrics.at("policy.compared").value == 1.0);
}

TEST_CASE("A server that a fault made deaf says nothing of the policy on the WAN in use") {
  auto all_the_time = there_and_back();
  all_the_time.deafen(6s, 12s).lose("policy.up", 6s, 12s);
  const auto unknown = all_the_time.measurements();
  CHECK(states_of(unknown.matrix[0]) == std::vector{State::kOpen, State::kUntried, State::kOpen});
  CHECK(unknown.metrics.at("policy.differences").value == 0.0);

  // What was heard before still tells, and the stay goes on.
  auto later = there_and_back();
  later.deafen(10s, 11s).lose("policy.up", 6s, 12s);
  const auto known = later.measurements();
  CHECK(known.matrix[0].stays[1].state() == State::kClosed);
  CHECK(known.matrix[0].stays[1].span.until > RunInstant{11500ms});
}

}  // namespace wandrill
