// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include <sys/socket.h>

#include "base/error.hpp"
#include "base/testing/catch.hpp"
#include "net/netns.hpp"
#include "traffic/testing/rig.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;
using testing::Rig;

constexpr HttpPlan kNew{.kept = false};
constexpr HttpPlan kKept{.kept = true};

std::map<std::string, int> outcomes_of(const Recording& recording) {
  std::map<std::string, int> outcomes;
  for (const auto& event : recording.events)
    if (const auto* request = std::get_if<HttpEvent>(&event)) ++outcomes[request->outcome];
  return outcomes;
}

std::vector<std::string> session_states(const Recording& recording) {
  std::vector<std::string> states;
  for (const auto& event : recording.events)
    if (const auto* session = std::get_if<SessionEvent>(&event)) states.push_back(session->state);
  return states;
}

std::size_t arrivals_of(const Recording& recording, FlowId flow) {
  return static_cast<std::size_t>(
      std::count(recording.received.flow.begin(), recording.received.flow.end(), flow));
}

}  // namespace

TEST_CASE("Each HTTP request is answered on a clean link, over both families") {
  for (const auto& http : {kNew, kKept}) {
    Rig rig;
    if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
    rig.add_http(20ms, Family::kIpv4, http, 2s);
    rig.add_http(20ms, Family::kIpv6, http, 2s);
    const auto recording = rig.play(400ms);
    const auto outcomes = outcomes_of(recording);
    REQUIRE(outcomes.size() == 1);
    CHECK(outcomes.at("answered") >= 38);
    for (const auto flow : std::vector<FlowId>{0, 1, 2, 3})
      CHECK(arrivals_of(recording, flow) * 2 == static_cast<std::size_t>(outcomes.at("answered")));
    for (const auto& event : recording.events) {
      const auto* request = std::get_if<HttpEvent>(&event);
      if (request == nullptr) continue;
      CHECK(request->first_byte > 0ns);
      CHECK(request->first_byte <= request->at - request->asked);
    }
    auto states = session_states(recording);
    std::sort(states.begin(), states.end());
    CHECK(states == (http.kept ? std::vector<std::string>{"connected", "connected", "connecting",
                                                          "connecting"}
                               : std::vector<std::string>{}));
  }
}

TEST_CASE("What is refused, reset or not answered in time is told as such") {
  Rig refused;
  if (!refused.error().empty()) WANDRILL_SKIP(refused.error());
  refused.add_http(20ms, Family::kIpv4, kNew, 200ms);
  refused.after(100ms, [&] { refused.reject_tcp(true); });
  const auto resets = outcomes_of(refused.play(300ms));
  CHECK(resets.at("answered") >= 1);
  CHECK(resets.at("refused") >= 5);
  CHECK_FALSE(resets.contains("timed_out"));

  Rig silent;
  silent.add_http(20ms, Family::kIpv4, kNew, 100ms);
  silent.after(100ms, [&] { silent.set_link(false); });
  const auto lost = outcomes_of(silent.play(400ms));
  CHECK(lost.at("timed_out") >= 5);
  CHECK_FALSE(lost.contains("reset"));
}

TEST_CASE("A kept connection that is lost costs the request on it, and is opened again") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add_http(20ms, Family::kIpv4, kKept, 500ms);
  rig.after(100ms, [&] { rig.reject_tcp(true); });
  rig.after(200ms, [&] { rig.reject_tcp(false); });
  const auto recording = rig.play(500ms);
  const auto outcomes = outcomes_of(recording);
  CHECK(outcomes.at("reset") == 1);
  CHECK(outcomes.at("refused") >= 1);
  CHECK(outcomes.at("answered") >= 10);
  const auto states = session_states(recording);
  CHECK(std::count(states.begin(), states.end(), "reset") == 1);
  CHECK(states.back() == "connected");
}

TEST_CASE("A kept connection that says nothing is given up, and those that waited are asked") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add_http(20ms, Family::kIpv4, kKept, 150ms);
  rig.after(100ms, [&] { rig.set_link(false); });
  rig.after(400ms, [&] { rig.set_link(true); });
  const auto recording = rig.play(1800ms);
  const auto states = session_states(recording);
  CHECK(std::count(states.begin(), states.end(), "timed_out") >= 1);
  CHECK(states.back() == "connected");
  CHECK(outcomes_of(recording).at("timed_out") >= 5);
}

TEST_CASE("A client that does not speak HTTP is told so, and harms nobody") {
  Rig rig;
  if (!rig.error().empty()) WANDRILL_SKIP(rig.error());
  rig.add_http(20ms, Family::kIpv4, kNew, 500ms);
  std::string answer;
  UniqueFd stranger;
  rig.after(50ms, [&] {
    stranger = open_socket(rig.client(), Family::kIpv4, SOCK_STREAM, 0);
    const SocketAddress peer{rig.server_address(Family::kIpv4), 5000};
    ::connect(stranger.get(), peer.get(), peer.length);
  });
  rig.after(150ms, [&] {
    const std::string garbage = "\x16\x03\x01\x02 no request at all\r\n\r\n";
    ::send(stranger.get(), garbage.data(), garbage.size(), MSG_NOSIGNAL);
  });
  rig.after(300ms, [&] {
    answer.resize(1000);
    const auto got = ::recv(stranger.get(), answer.data(), answer.size(), MSG_DONTWAIT);
    answer.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  });
  const auto outcomes = outcomes_of(rig.play(400ms));
  CHECK(answer.starts_with("HTTP/1.1 400 "));
  CHECK(outcomes.size() == 1);
  CHECK(outcomes.at("answered") >= 15);
}

}  // namespace wandrill
