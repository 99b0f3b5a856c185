// SPDX-License-Identifier: Apache-2.0
#include "record/events.hpp"

#include "base/testing/catch.hpp"
#include "record/event_kinds.hpp"

using namespace wandrill;

namespace {

RunInstant at(std::int64_t nanos) {
  return RunInstant{Nanos{nanos}};
}

std::vector<Event> one_of_each_kind() {
  return {
      StageEvent{at(1), "timeline"},
      FaultEvent{at(2), "observed", "cut#2", "cut", true, "wan_a", "loss 5% up", at(-3), "3 of 3"},
      FlapEvent{at(4), "flap", true},
      CommandEvent{at(5), "go", "label", "failover", -9},
      NetworkEvent{at(6), "router", "route", "add", "default via 100.64.2.1"},
      LogEvent{at(7), at(8), "daemon", "wan_a \"down\"\t\\", "wan_down", "wan_a"},
      SessionEvent{at(9), "desktop", "reset", "by the server"},
      TesterEvent{at(10), "overflow", at(11), UINT64_MAX, "call.up"},
      GateEvent{at(12), "steady_after", false, "no loss for 5s, after 22s", true},
      SipEvent{at(13), "phone", "client", true, "INVITE", 200, 2, "a84b4c76", "again"},
      TunnelEvent{at(14), "vpn", "response", "down", "wan_b"},
      TcpSampleEvent{at(15), "desktop", "client", Nanos{1}, Nanos{2}, 3, 4, 5},
      VolumeEvent{at(16), "backup", "up", UINT64_MAX, 7},
      HttpEvent{at(19), "web", 7, at(18), "answered", Nanos{5}, "200"},
      PolicyEvent{at(17), "forbidden", "wan_b", "up", "leaks", "UDP a > b", 3},
      AlertEvent{at(18), "syslog", "laptop", "192.168.1.1", "wan_a down", "wan_down", "wan_a"},
  };
}

}  // namespace

TEST_CASE("Every kind of event comes back from JSON as it was", "[events]") {
  const auto events = one_of_each_kind();
  REQUIRE(events.size() == std::variant_size_v<Event>);
  for (std::size_t index = 0; index < events.size(); ++index) {
    const Json j = events[index];
    CAPTURE(j.dump());
    const auto back = j.get<Event>();
    CHECK(back.index() == index);
    CHECK(Json(back) == j);
    CHECK(instant_of(back) == instant_of(events[index]));
  }
}

TEST_CASE("An event in JSON says its kind and instant first", "[events]") {
  const Json j = Event{FlapEvent{at(1'500'000'000), "flap", true}};
  CHECK(j.dump() == R"({"event":"flap","at":1500000000,"id":"flap","down":true})");
}

TEST_CASE("Unknown kinds of events are told apart, unknown keys ignored", "[events]") {
  CHECK_FALSE(decode_event(Json::parse(R"({"event":"eclipse","at":1})")));
  const auto flap = decode_event(Json::parse(R"({"event":"flap","at":1,"id":"f","colour":"red"})"));
  REQUIRE(flap);
  CHECK(std::get<FlapEvent>(*flap).id == "f");
  CHECK_FALSE(std::get<FlapEvent>(*flap).down);
  Event event;
  CHECK_THROWS_WITH(from_json(Json::parse(R"({"event":"eclipse","at":1})"), event),
                    "unknown event \"eclipse\"");
  CHECK_THROWS(decode_event(Json::parse(R"({"event":"flap"})")));
}
