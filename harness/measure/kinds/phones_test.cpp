// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/phones.hpp"

#include "base/testing/catch.hpp"
#include "measure/measure.hpp"
#include "measure/testing/run_builder.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

SipEvent phone(Nanos at, bool sent, const std::string& method, std::uint32_t status,
               std::uint32_t cseq) {
  return {.at = RunInstant{at},
          .session = "phone",
          .end = "client",
          .sent = sent,
          .method = method,
          .status = status,
          .cseq = cseq,
          .call_id = method == "REGISTER" ? "r" : "c"};
}

SipEvent on_wan(Nanos at, const std::string& wan) {
  return {.at = RunInstant{at}, .session = "phone", .end = wan, .sent = true, .method = "REGISTER"};
}

Measurements measured(RunBuilder& run, const SipPlan& sip = {.options_every = 2s}) {
  run.end(20s);
  auto plan = run.plan();
  plan.traffic.sessions[0].own = sip;
  return measure(plan, run.recording());
}

void talk(RunBuilder& run, Nanos from, Nanos until, const std::string& end = "ended") {
  run.event(SessionEvent{RunInstant{from}, "phone", "connected", ""});
  run.event(SessionEvent{RunInstant{until}, "phone", end, end == "ended" ? "" : "no voice for 2s"});
}

RunBuilder office() {
  RunBuilder run;
  run.session("phone", 20ms, TrafficKind::kSip);
  return run;
}

}  // namespace

TEST_CASE("Delays are counted from the first sending of a request to its final answer") {
  auto run = office();
  run.event(phone(1s, true, "REGISTER", 0, 1)).event(phone(1100ms, false, "REGISTER", 200, 1));
  run.event(phone(5s, true, "REGISTER", 0, 2)).event(phone(5500ms, true, "REGISTER", 0, 2));
  run.event(phone(5600ms, false, "REGISTER", 200, 2));
  run.event(phone(6s, true, "INVITE", 0, 1)).event(phone(6100ms, false, "INVITE", 180, 1));
  run.event(phone(6300ms, false, "INVITE", 200, 1));
  const auto result = measured(run);
  CHECK(result.metrics.at("phone.registration_delay").value == Approx(0.6));
  CHECK(result.metrics.at("phone.call_setup_delay").value == Approx(0.3));
  CHECK_FALSE(result.metrics.at("phone.disconnect_delay").value);
  CHECK(result.metrics.at("phone.disconnect_delay").note == "no BYE was sent");
  CHECK(result.metrics.at("phone.calls").value == 1);
  CHECK(result.metrics.at("phone.calls_answered").value == 100);
}

TEST_CASE("A request without an answer is longer than all") {
  auto run = office();
  run.event(phone(1s, true, "REGISTER", 0, 1)).event(phone(1100ms, false, "REGISTER", 200, 1));
  run.event(phone(5s, true, "REGISTER", 0, 2));
  const auto result = measured(run);
  CHECK_FALSE(result.metrics.at("phone.registration_delay").value);
  CHECK(result.metrics.at("phone.registration_delay").note ==
        "the REGISTER of 5.0 s was never answered with success");
}

TEST_CASE("A call that is refused counts as tried") {
  auto run = office();
  run.event(phone(1s, true, "INVITE", 0, 1)).event(phone(1100ms, false, "INVITE", 503, 1));
  const auto result = measured(run);
  CHECK(result.metrics.at("phone.calls_answered").value == 0);
}

TEST_CASE("Calls are told apart by how they went and how they ended") {
  auto run = office();
  const auto call = [&](Nanos at, std::uint32_t cseq, std::uint32_t status) {
    run.event(phone(at, true, "INVITE", 0, cseq));
    if (status > 0) run.event(phone(at + 100ms, false, "INVITE", status, cseq));
  };
  const auto tell = [&](Nanos at, const std::string& state, const std::string& why = "") {
    run.event(SessionEvent{RunInstant{at}, "phone", state, why});
  };
  call(1s, 1, 200);
  tell(1100ms, "connected");
  tell(4100ms, "ended");
  call(5s, 2, 486);
  call(6s, 3, 200);
  tell(6100ms, "connected");
  tell(8100ms, "dropped", "no voice for 2s");
  call(9s, 4, 503);
  call(10s, 5, 0);
  call(19500ms, 6, 0);  // its fate is unknown
  const auto result = measured(run);
  CHECK(result.metrics.at("phone.calls").value == 5);
  CHECK(result.metrics.at("phone.calls_answered").value == 40);
  CHECK(result.metrics.at("phone.calls_ineffective").value == 40);
  CHECK(result.metrics.at("phone.calls_dropped").value == 1);
  CHECK(result.metrics.at("phone.calls_completed").value == 20);
  CHECK(result.metrics.at("phone.shortest_call").value == Approx(2.0));
  CHECK(result.metrics.at("phone.shortest_call").note == "no voice for 2s");
}

TEST_CASE("A call that still stands at the end has not failed") {
  auto run = office();
  run.event(phone(1s, true, "INVITE", 0, 1)).event(phone(1100ms, false, "INVITE", 200, 1));
  run.event(SessionEvent{RunInstant{1100ms}, "phone", "connected", ""});
  const auto result = measured(run);
  CHECK(result.metrics.at("phone.calls_answered").value == 100);
  CHECK_FALSE(result.metrics.at("phone.calls_completed").value);
  CHECK_FALSE(result.metrics.at("phone.shortest_call").value);
}

TEST_CASE("A call that the end of the run cut short is not the shortest") {
  auto run = office();
  talk(run, 1s, 6s);
  talk(run, 7s, 12s);
  talk(run, 18s, 20s);
  const auto shortest =
      measured(run, {.options_every = 2s, .talk = 5s}).metrics.at("phone.shortest_call");
  CHECK(shortest.value == Approx(5.0));
}

TEST_CASE("Of the only call, cut short by the end of the run, no length is known") {
  auto run = office();
  talk(run, 18s, 20s);
  const auto shortest =
      measured(run, {.options_every = 2s, .talk = 5s}).metrics.at("phone.shortest_call");
  CHECK_FALSE(shortest.value);
  CHECK(shortest.untried);
}

TEST_CASE("A call that was to last until the end and did lasted that long") {
  auto run = office();
  talk(run, 1s, 20s);
  CHECK(measured(run).metrics.at("phone.shortest_call").value == Approx(19.0));
}

TEST_CASE("A dropped call is shorter than the one that replaced it, cut by the end of the run") {
  auto run = office();
  talk(run, 1s, 15s, "dropped");
  talk(run, 16s, 20s);
  const auto shortest = measured(run).metrics.at("phone.shortest_call");
  CHECK(shortest.value == Approx(14.0));
  CHECK(shortest.note == "no voice for 2s");
}

TEST_CASE("Registrations without an answer, or that the server failed, are ineffective") {
  auto run = office();
  run.event(phone(1s, true, "REGISTER", 0, 1)).event(phone(1100ms, false, "REGISTER", 200, 1));
  run.event(phone(2s, true, "REGISTER", 0, 2)).event(phone(2100ms, false, "REGISTER", 503, 2));
  run.event(phone(3s, true, "REGISTER", 0, 3)).event(phone(3100ms, false, "REGISTER", 403, 3));
  run.event(phone(4s, true, "REGISTER", 0, 4));
  CHECK(measured(run).metrics.at("phone.registrations_failed").value == 50);
}

TEST_CASE("A lost connection is told of, and how long until the phone is registered again") {
  auto run = office();
  const auto tell = [&](Nanos at, const std::string& state, const std::string& why = "") {
    run.event(SessionEvent{RunInstant{at}, "phone", state, why});
  };
  run.event(phone(1s, true, "REGISTER", 0, 1)).event(phone(1100ms, false, "REGISTER", 200, 1));
  tell(1100ms, "registered");
  run.event(phone(5s, true, "REGISTER", 0, 2));
  tell(7s, "connection_lost", "Connection reset by peer");
  run.event(phone(7500ms, true, "REGISTER", 0, 3)).event(phone(7600ms, false, "REGISTER", 200, 3));
  tell(7600ms, "registered");
  run.end(20s);
  auto plan = run.plan();
  plan.traffic.sessions[0].own = SipPlan{.options_every = 2s, .over_tcp = true};
  const auto result = measure(plan, run.recording());
  CHECK(result.metrics.at("phone.connections_lost").value == 1);
  CHECK(result.metrics.at("phone.connections_lost").note == "Connection reset by peer");
  CHECK(result.metrics.at("phone.longest_reconnect").value == Approx(0.6));
  CHECK(result.metrics.at("phone.registration_delay").value == Approx(2.6));
  CHECK(result.metrics.at("phone.registrations_failed").value == 0);
}

TEST_CASE("A phone over UDP has no connection to lose") {
  auto run = office();
  const auto result = measured(run);
  CHECK_FALSE(result.metrics.at("phone.connections_lost").value);
  CHECK(result.metrics.at("phone.longest_reconnect").note == "its signalling goes over UDP");
}

TEST_CASE("A phone is unreachable between two answers to OPTIONS") {
  auto run = office();
  for (const Nanos at : {1s, 3s, 9s, 11s, 13s, 15s, 17s, 19s, 21s})
    run.event(SessionEvent{RunInstant{at}, "phone", "reachable", ""});
  const auto result = measured(run);
  CHECK(result.metrics.at("phone.longest_unreachable").value == Approx(6.0));
}

TEST_CASE("A phone is not unreachable while the next OPTIONS is not due") {
  auto run = office();
  for (const Nanos at : {1s, 3s, 6s, 8s, 10s, 12s, 14s, 16s, 18s})
    run.event(SessionEvent{RunInstant{at}, "phone", "reachable", ""});
  // The recording ends 2 s after the traffic, at 22 s.
  const auto away = measured(run).metrics.at("phone.longest_unreachable");
  CHECK(away.value == Approx(3.0));
  CHECK(away.note.empty());
}

TEST_CASE("A phone that answers no more is unreachable until the end") {
  auto run = office();
  for (const Nanos at : {1s, 3s, 5s, 7s})
    run.event(SessionEvent{RunInstant{at}, "phone", "reachable", ""});
  const auto away = measured(run).metrics.at("phone.longest_unreachable");
  CHECK(away.value == Approx(15.0));
  CHECK(away.note == "until the end of the run");
}

TEST_CASE("A run that is shorter than the time between two OPTIONS says nothing of reach") {
  auto run = office();
  run.event(SessionEvent{RunInstant{-1s}, "phone", "reachable", ""});
  const auto away = measured(run, {.options_every = 60s}).metrics.at("phone.longest_unreachable");
  CHECK_FALSE(away.value);
  CHECK(away.untried);
}

TEST_CASE("Signalling that stays when the voice moves is apart from it") {
  auto run = office();
  run.move("wan_b", 4s);
  run.event(on_wan(1s, "wan_a")).event(on_wan(6s, "wan_a")).event(on_wan(8s, "wan_a"));
  run.event(on_wan(9s, "wan_b"));
  const auto apart = measured(run).metrics.at("phone.paths_apart");
  CHECK(apart.value == Approx(4.0).margin(0.05));
  CHECK(apart.note == "signalling by wan_a, voice by wan_b");
  REQUIRE(apart.when);
  CHECK(apart.when->until == RunInstant{8s});
}

TEST_CASE("Voice that stays when the signalling moves is apart from it") {
  auto run = office();
  run.move("wan_b", 9s);
  run.event(on_wan(1s, "wan_a")).event(on_wan(6s, "wan_b"));
  CHECK(measured(run).metrics.at("phone.paths_apart").value == Approx(3.0).margin(0.05));
}

TEST_CASE("A phone that signals nothing while its voice moves is not apart") {
  auto run = office();
  run.move("wan_b", 4s);
  run.event(on_wan(1s, "wan_a")).event(on_wan(18s, "wan_b"));
  CHECK(measured(run).metrics.at("phone.paths_apart").value == 0.0);
}

}  // namespace wandrill
