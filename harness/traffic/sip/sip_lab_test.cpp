// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/testing/catch.hpp"
#include "traffic/testing/rig.hpp"
#include "traffic/traffic.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;
using testing::Rig;

SipPlan phone_plan(bool over_tcp) {
  return {.register_every = 1s,
          .options_every = 500ms,
          .talk = 800ms,
          .pause = 200ms,
          .rtp_timeout = 30s,
          .refresh_every = 900s,
          .expires = 2s,
          .far_end_rtp_timeout = 30s,
          .over_tcp = over_tcp,
          .keepalive = 1s};
}

std::ptrdiff_t count_told(const Recording& recording, const std::string& state) {
  return std::ranges::count_if(recording.events, [&](const Event& event) {
    const auto* told = std::get_if<SessionEvent>(&event);
    return told != nullptr && told->state == state;
  });
}

std::size_t count_received(const Recording& recording, FlowId flow) {
  return static_cast<std::size_t>(std::ranges::count(recording.received.flow, flow));
}

}  // namespace

TEST_CASE("A phone registers and calls, over UDP and over TCP") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add_phone(phone_plan(false));
  rig.add_phone(phone_plan(true));
  const auto recording = rig.play(4s);
  CHECK(count_told(recording, "connection_up") == 1);
  CHECK(count_told(recording, "connection_lost") == 0);
  CHECK(count_told(recording, "registered") >= 4);
  CHECK(count_told(recording, "connected") >= 4);
  CHECK(count_told(recording, "reachable") >= 4);
  CHECK(count_told(recording, "dropped") == 0);
  for (FlowId flow = 0; flow < 4; ++flow)
    CHECK(count_received(recording, flow) > 50);
}

TEST_CASE("A phone whose connection is reset opens another, and registers over it") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add_phone(phone_plan(true));
  rig.after(1500ms, [&] { rig.reject_tcp(true); });
  rig.after(3500ms, [&] { rig.reject_tcp(false); });
  const auto recording = rig.play(6s);
  CHECK(count_told(recording, "connection_lost") >= 1);
  CHECK(count_told(recording, "connection_up") >= 2);
  const auto& events = recording.events;
  const auto last_up = std::find_if(events.rbegin(), events.rend(), [](const Event& event) {
    const auto* told = std::get_if<SessionEvent>(&event);
    return told != nullptr && told->state == "connection_up";
  });
  REQUIRE(last_up != events.rend());
  CHECK(std::any_of(events.rbegin(), last_up, [](const Event& event) {
    const auto* told = std::get_if<SessionEvent>(&event);
    return told != nullptr && told->state == "registered";
  }));
}

}  // namespace wandrill
