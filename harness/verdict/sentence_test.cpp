// SPDX-License-Identifier: Apache-2.0
#include "verdict/sentence.hpp"

#include "base/testing/catch.hpp"
#include "verdict/testing/made_up_run.hpp"

namespace wandrill {
namespace {

using testing::MadeUpRun;

std::string sentence(const MadeUpRun& run) {
  return sentence_of(run.plan, run.measured);
}

}  // namespace

TEST_CASE("A failover is told as the caller heard it") {
  CHECK(sentence(MadeUpRun{}.fail_over(11).lose("call.up", 10, 1.02).lose("call.down", 10, 0.9)) ==
        "The call was silent for 1.02 s when wan_a lost its link, then went on over wan_b.");
}

TEST_CASE("A missed failover is told with its outage") {
  CHECK(sentence(MadeUpRun{}.miss().lose("call.up", 10, 4.98)) ==
        "When wan_a lost its link the call went dead for 4.98 s and never moved to wan_b.");
  CHECK(sentence(MadeUpRun{}.miss().lose("call.up", 10, 20, true)) ==
        "When wan_a lost its link the call went dead for good and never moved to wan_b.");
}

TEST_CASE("A failover without a loss is told as such") {
  CHECK(sentence(MadeUpRun{}.fail_over(10.1)) ==
        "The call went on over wan_b without a break when wan_a lost its link.");
}

TEST_CASE("A call that never came back although the router moved is told as such") {
  CHECK(sentence(MadeUpRun{}.fail_over(11).lose("call.down", 10, 20, true)) ==
        "The call was silent for good when wan_a lost its link, although the router moved to "
        "wan_b.");
}

TEST_CASE("A call that only the way back brought to life is not said to have gone on before") {
  auto run = MadeUpRun{}.fail_over(11).lose("call.up", 10, 12);
  run.measured.transitions.push_back({.kind = Transition::Kind::kFailback,
                                      .from_wan = "wan_b",
                                      .to_wan = "wan_a",
                                      .switched = testing::at(21.9)});
  CHECK(sentence(run) ==
        "The call was silent for 12.0 s when wan_a lost its link; it did not come through over "
        "wan_b, and went on over wan_a.");
  run.measured.transitions.back().switched = testing::at(25);
  CHECK(sentence(run) ==
        "The call was silent for 12.0 s when wan_a lost its link, then went on over wan_b.");
}

TEST_CASE("People's calls come before probes") {
  MadeUpRun run;
  run.add_session("ruler", TrafficKind::kProbe).fail_over(11);
  run.lose("ruler.up", 10, 5).lose("call.up", 10, 1);
  CHECK(sentence(run) ==
        "The call was silent for 1.00 s when wan_a lost its link, then went on over wan_b.");
}

TEST_CASE("A quiet run is told in a word") {
  CHECK(sentence(MadeUpRun{}) == "The call went on without a break.");
  CHECK(sentence(MadeUpRun{}.lose("call.up", 10, 0.3)) ==
        "The call was silent for up to 300 ms, and the router stayed where it was.");
}

TEST_CASE("A failover without a cause is told as the router's own idea") {
  auto run = MadeUpRun{}.fail_over(11).lose("call.up", 11, 0.5);
  auto& transition = run.measured.transitions[0];
  transition.cause.clear();
  transition.requested = transition.applied = transition.observed = std::nullopt;
  CHECK(sentence(run) ==
        "The call was silent for 500 ms when the router left wan_a without a reason, then went on "
        "over wan_b.");
}

TEST_CASE("A silence in which no WAN worked is not put down to the first fault") {
  auto run = MadeUpRun{}.fail_over(11).lose("call.up", 12, 8);
  run.measured.without_wan = {{testing::at(12), testing::at(18)}};
  CHECK(sentence(run) ==
        "The call was silent for 8.00 s when no WAN worked, then went on over wan_b.");
}

}  // namespace wandrill
