// SPDX-License-Identifier: Apache-2.0
#include <deque>

#include "base/testing/catch.hpp"
#include "traffic/sip_pbx.hpp"

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
    for (const RunTime until = now + time; now < until; now += 20ms) {
      if (voice) heard = now;
      take_phone(phone.tick(now, heard));
      take_pbx(pbx.tick(now, heard));
    }
  }
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
  RunTime now{};
  bool is_cut = false;
  bool voice = true;
  std::optional<RunTime> heard;
  SocketAddress source = kPhoneOnA;
  std::vector<std::string> told;
  int sent = 0;

 private:
  void take_phone(const SipActs& acts) {
    for (const auto& act : acts) {
      note(act);
      if (act.kind != SipAct::Kind::kSend) continue;
      ++sent;
      if (!is_cut) take_pbx(pbx.take(act.text, source, now));
    }
  }
  void take_pbx(const SipActs& acts) {
    for (const auto& act : acts) {
      note(act);
      if (act.kind == SipAct::Kind::kSend && !is_cut) take_phone(phone.take(act.text, now));
    }
  }
  void note(const SipAct& act) {
    if (act.kind == SipAct::Kind::kTell) told.push_back(act.text);
  }
};

SipPlan plan() {
  return {.register_every = 5s,
          .options_every = 2s,
          .talk = 3s,
          .pause = 500ms,
          .rtp_timeout = 2s,
          .refresh_every = 900s};
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
  CHECK(pair.phone.nonsense() + pair.pbx.nonsense() == 0);
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
  wanted.rtp_timeout = 30s;
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

TEST_CASE("Nonsense is counted and answered by nobody", "[sip_call]") {
  Pair pair{plan()};
  pair.run(1s);
  CHECK(pair.phone.take("\r\n\r\n", pair.now).empty());
  CHECK(pair.pbx.take("INVITE nowhere", kPhoneOnA, pair.now).empty());
  CHECK(pair.phone.nonsense() == 1);
  CHECK(pair.pbx.nonsense() == 1);
}

TEST_CASE("Who hangs up at the end places no more calls", "[sip_call]") {
  Pair pair{plan()};
  pair.run(1s);
  REQUIRE(pair.phone.is_talking());
  CHECK_FALSE(pair.phone.hang_up(pair.now).empty());
  pair.run(10s);
  CHECK(pair.count("connected") == 1);
}

}  // namespace wandrill
