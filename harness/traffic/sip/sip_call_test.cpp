// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/testing/catch.hpp"
#include "traffic/sip/sip_pbx.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

const SocketAddress kPhoneOnA{*IpAddress::parse("100.64.1.2"), 30000};
const SocketAddress kPhoneOnB{*IpAddress::parse("100.64.2.2"), 30000};

/// A phone and its far end joined by a wire that can be cut, on a clock of their own.
class Pair {
 public:
  explicit Pair(SipPlan wanted)
      : plan_{wanted},
        phone{plan_, phone_end(), pbx_end(), "t"},
        pbx{plan_, pbx_end(), phone_end(), "t"} {}

  void run(Nanos time) {
    for (const RunInstant until = now + time; now < until; now += 20ms) {
      if (voice) heard = now;
      take_phone(phone.tick(now, heard));
      take_pbx(pbx.tick(now, heard));
    }
  }
  void feed(const SipActions& acts) { take_phone(acts); }
  [[nodiscard]] int count(const std::string& what) const {
    return static_cast<int>(std::count(told.begin(), told.end(), what));
  }

  static SipEndpoint phone_end() {
    return {"phone", *IpAddress::parse("192.168.1.20"), 30000, 20000};
  }
  static SipEndpoint pbx_end() { return {"pbx", *IpAddress::parse("203.0.113.20"), 40000, 10000}; }

 private:
  SipPlan plan_;

 public:
  SipPhone phone;
  SipPbx pbx;
  RunInstant now{};
  bool is_cut = false;
  bool voice = true;
  std::optional<RunInstant> heard;
  SocketAddress source = kPhoneOnA;
  std::vector<std::string> told;
  int sent = 0;
  std::optional<SipMessage> last_invite;

 private:
  void take_phone(const SipActions& acts) {
    for (const auto& act : acts) {
      note(act);
      if (act.kind != SipAction::Kind::kSend) continue;
      ++sent;
      if (const auto message = parse_sip(act.text); message && message->method == "INVITE")
        last_invite = message;
      if (!is_cut) take_pbx(pbx.take(act.text, source, now));
    }
  }
  void take_pbx(const SipActions& acts) {
    for (const auto& act : acts) {
      note(act);
      if (act.kind == SipAction::Kind::kSend && !is_cut) take_phone(phone.take(act.text, now));
    }
  }
  void note(const SipAction& act) {
    if (act.kind == SipAction::Kind::kTell) told.push_back(act.text);
  }
};

SipPlan plan() {
  return {.register_every = 5s,
          .options_every = 2s,
          .talk = 3s,
          .pause = 500ms,
          .rtp_timeout = 2s,
          .refresh_every = 900s,
          .expires = 10s,
          .far_end_rtp_timeout = 2s};
}

}  // namespace

TEST_CASE("A phone registers, and then places one call after another", "[sip_call]") {
  Pair pair{plan()};
  pair.run(11s);
  CHECK(pair.count("registered") == 3);
  CHECK(pair.count("connected") == 4);
  CHECK(pair.count("ended") == 3);
  CHECK(pair.count("dropped") == 0);
  CHECK(pair.count("reachable") >= 5);
  CHECK(pair.phone.malformed() + pair.pbx.malformed() == 0);
}

TEST_CASE("Requests without an answer are sent again, and get through when the line is back",
          "[sip_call]") {
  Pair pair{plan()};
  pair.is_cut = true;
  pair.run(2s);
  CHECK(pair.sent == 3);  // at 0, 0.5 and 1.5 s
  CHECK(pair.count("registered") == 0);
  pair.is_cut = false;
  pair.run(2s);
  CHECK(pair.count("registered") == 1);
  CHECK(pair.count("connected") == 1);
}

TEST_CASE("Without voice both ends hang up, and the phone calls again", "[sip_call]") {
  auto wanted = plan();
  wanted.talk = 0s;
  Pair pair{wanted};
  pair.run(3s);
  REQUIRE(pair.phone.is_talking());
  pair.voice = false;
  pair.run(2500ms);
  CHECK(pair.count("dropped") + pair.count("timed_out") >= 1);
  pair.voice = true;
  pair.run(3s);
  CHECK(pair.phone.is_talking());
  CHECK(pair.count("connected") == 2);
}

TEST_CASE("A phone that cannot be reached is told of, and found again where it registers from",
          "[sip_call]") {
  Pair pair{plan()};
  pair.run(3s);
  pair.is_cut = true;
  pair.run(6s);
  CHECK(pair.count("unreachable") >= 1);
  pair.is_cut = false;
  pair.source = kPhoneOnB;
  pair.run(8s);
  REQUIRE(pair.pbx.phone() != nullptr);
  CHECK(pair.pbx.phone()->address() == kPhoneOnB.address());
  CHECK(pair.told.back() != "unreachable");
}

TEST_CASE("A phone whose far end wants it asks for the voice anew after a second of silence",
          "[sip_call]") {
  auto wanted = plan();
  wanted.talk = 0s;
  wanted.peer = MediaPeer::kReinvite;
  wanted.rtp_timeout = wanted.far_end_rtp_timeout = 30s;
  Pair pair{wanted};
  pair.run(2s);
  REQUIRE(pair.phone.is_talking());
  pair.voice = false;
  pair.source = kPhoneOnB;
  pair.run(1500ms);
  REQUIRE(pair.pbx.signalled_from() != nullptr);
  CHECK(pair.pbx.signalled_from()->address() == kPhoneOnB.address());
  CHECK(pair.phone.is_talking());
}

TEST_CASE("The session timer asks again during a call", "[sip_call]") {
  auto wanted = plan();
  wanted.talk = 0s;
  wanted.refresh_every = 1s;
  Pair pair{wanted};
  pair.run(5s);
  CHECK(pair.phone.is_talking());
  CHECK(pair.count("connected") == 1);
  CHECK(pair.sent > 8);  // INVITE and ACK, once a second
}

TEST_CASE("Over TCP a phone waits for a connection, repeats nothing, and registers over each",
          "[sip_call]") {
  auto wanted = plan();
  wanted.over_tcp = true;
  wanted.talk = 0s;
  wanted.rtp_timeout = wanted.far_end_rtp_timeout = 60s;
  Pair pair{wanted};
  pair.run(1s);
  CHECK(pair.sent == 0);
  pair.is_cut = true;
  pair.feed(pair.phone.connected(pair.now));
  pair.run(3s);
  CHECK(pair.sent == 1);  // TCP repeats it
  pair.feed(pair.phone.disconnected("reset", pair.now));
  CHECK(pair.told.back() == "unregistered");
  pair.run(10s);
  CHECK(pair.sent == 1);
  pair.is_cut = false;
  pair.feed(pair.phone.connected(pair.now));
  pair.run(1s);
  CHECK(pair.count("registered") == 1);
  REQUIRE(pair.phone.is_talking());
  // The call outlives the connection that it was signalled over.
  pair.feed(pair.phone.disconnected("reset", pair.now));
  pair.run(1s);
  CHECK(pair.phone.is_talking());
}

TEST_CASE("A call that ends without a connection is over, and the next one waits for another",
          "[sip_call]") {
  auto wanted = plan();
  wanted.over_tcp = true;
  Pair pair{wanted};
  pair.feed(pair.phone.connected(pair.now));
  pair.run(1s);
  REQUIRE(pair.phone.is_talking());
  pair.feed(pair.phone.disconnected("reset", pair.now));
  pair.run(4s);
  CHECK(pair.count("ended") == 1);
  CHECK(pair.count("connected") == 1);
  pair.feed(pair.phone.connected(pair.now));
  pair.run(1s);
  CHECK(pair.count("connected") == 2);
}

TEST_CASE("Nonsense is counted and answered by nobody", "[sip_call]") {
  Pair pair{plan()};
  pair.run(1s);
  CHECK(pair.phone.take("\r\n\r\n", pair.now).empty());
  CHECK(pair.pbx.take("INVITE nowhere", kPhoneOnA, pair.now).empty());
  CHECK(pair.phone.malformed() == 1);
  CHECK(pair.pbx.malformed() == 1);
}

TEST_CASE("Who hangs up at the end places no more calls", "[sip_call]") {
  Pair pair{plan()};
  pair.run(1s);
  REQUIRE(pair.phone.is_talking());
  CHECK_FALSE(pair.phone.hang_up(pair.now).empty());
  pair.run(10s);
  CHECK(pair.count("connected") == 1);
}

TEST_CASE("The ends have patience of their own", "[sip_call]") {
  auto wanted = plan();
  wanted.talk = 0s;
  wanted.rtp_timeout = 10s;
  Pair pair{wanted};
  pair.run(2s);
  pair.voice = false;
  pair.run(2500ms);
  CHECK(pair.count("timed_out") == 1);
  wanted.rtp_timeout = 2s;
  wanted.far_end_rtp_timeout = 10s;
  Pair other{wanted};
  other.run(2s);
  other.voice = false;
  other.run(2500ms);
  CHECK(other.count("timed_out") == 0);
  CHECK(other.count("dropped") == 1);
}

TEST_CASE("A phone that comes from another address asks for the voice anew at once", "[sip_call]") {
  auto wanted = plan();
  wanted.talk = 0s;
  wanted.register_every = 1s;
  wanted.peer = MediaPeer::kReinvite;
  Pair pair{wanted};
  pair.run(500ms);
  REQUIRE(pair.phone.is_talking());
  pair.source = kPhoneOnB;
  pair.run(600ms);  // the next REGISTER tells it
  CHECK(pair.count("moved") == 1);
  CHECK(pair.pbx.signalled_from()->address() == kPhoneOnB.address());
}

TEST_CASE("A phone that is gone runs out of its registration", "[sip_call]") {
  Pair pair{plan()};
  pair.run(1s);
  pair.is_cut = true;
  pair.run(13s);
  CHECK(pair.pbx.phone() == nullptr);
  const auto asked = pair.count("unreachable");
  pair.run(5s);
  CHECK(pair.count("unreachable") == asked);
}

TEST_CASE("A call that is answered after it was given up is acknowledged and ended", "[sip_call]") {
  Pair pair{plan()};
  pair.run(3300ms);  // the first call is over
  pair.is_cut = true;
  pair.run(500ms);  // the second is on its way
  const auto late = pair.last_invite;
  REQUIRE(late);
  pair.run(35s);
  CHECK(pair.count("failed") >= 1);
  const auto acts = pair.phone.take(
      sip_response(*late, {.to_tag = "pbx", .has_answer = true}, Pair::pbx_end()), pair.now);
  REQUIRE(acts.size() == 2);
  CHECK(parse_sip(acts[0].text)->method == "ACK");
  const auto bye = parse_sip(acts[1].text);
  CHECK(bye->method == "BYE");
  CHECK(bye->call_id == late->call_id);
  CHECK(bye->cseq == late->cseq + 1);
}

}  // namespace wandrill
