// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_pbx.hpp"

#include <algorithm>

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

const SocketAddress kFromA{*IpAddress::parse("100.64.1.2"), 30000};
const SocketAddress kFromB{*IpAddress::parse("100.64.2.2"), 30000};
const SipEndpoint kPhone{"phone", *IpAddress::parse("192.168.1.20"), 30000, 20000};
const SipEndpoint kPbx{"pbx", *IpAddress::parse("203.0.113.20"), 40000, 10000};

SipPlan far_end_plan() {
  return {.options_every = 2s, .expires = 10s, .far_end_rtp_timeout = 2s};
}

/// A far end that is spoken to word by word.
class FarEnd {
 public:
  explicit FarEnd(SipPlan wanted = far_end_plan()) : plan_{wanted}, pbx{plan_, kPbx, kPhone, "t"} {}

  /// What it sends back, one status or method each.
  std::vector<std::string> say(const SipRequestSpec& spec, const SocketAddress& from = kFromA) {
    return take(pbx.take(sip_request(spec, kPhone, kPbx), from, now));
  }
  std::vector<std::string> wait(Nanos time) {
    std::vector<std::string> all;
    for (const RunInstant until = now + time; now < until; now += 20ms)
      for (auto& one : take(pbx.tick(now, now)))
        all.push_back(one);
    return all;
  }

 private:
  SipPlan plan_;

 public:
  SipPbx pbx;
  RunInstant now{};
  std::optional<SipMessage> last;
  std::optional<SocketAddress> last_to;

 private:
  std::vector<std::string> take(const SipActions& acts) {
    std::vector<std::string> sent;
    for (const auto& act : acts) {
      if (act.kind != SipAction::Kind::kSend) continue;
      last = parse_sip(act.text);
      last_to = act.to;
      REQUIRE(last);
      sent.push_back(last->is_request() ? last->method : std::to_string(last->status));
    }
    return sent;
  }
};

SipRequestSpec request(const std::string& method, std::uint32_t cseq, const std::string& branch,
                       const std::string& call = "c", const std::string& to_tag = "") {
  return {.method = method,
          .cseq = cseq,
          .branch = branch,
          .call_id = call,
          .from_tag = "p",
          .to_tag = to_tag,
          .has_offer = method == "INVITE"};
}

using Sent = std::vector<std::string>;

}  // namespace

TEST_CASE("The answer to a call comes again until it is acknowledged", "[sip_pbx]") {
  FarEnd far;
  CHECK(far.say(request("INVITE", 1, "b1")) == Sent{"200"});
  CHECK(far.wait(8s) == Sent{"200", "200", "200", "200"});  // after 0.5, 1.5, 3.5 and 7.5 s
  CHECK(far.say(request("ACK", 1, "b2", "c", "pbx")).empty());
  CHECK(far.wait(60s).empty());
}

TEST_CASE("A call that is never acknowledged is hung up", "[sip_pbx]") {
  FarEnd far;
  far.say(request("INVITE", 1, "b1"));
  const auto sent = far.wait(33s);
  CHECK(std::count(sent.begin(), sent.end(), "BYE") >= 1);
  CHECK(far.pbx.signalled_from() == nullptr);
}

TEST_CASE("A request that comes again gets its answer again, and does nothing", "[sip_pbx]") {
  FarEnd far;
  far.say(request("INVITE", 1, "b1"));
  CHECK(far.say(request("INVITE", 1, "b1"), kFromB) == Sent{"200"});
  CHECK(far.last_to->address() == kFromB.address());
  CHECK(far.pbx.signalled_from()->address() == kFromA.address());
  far.say(request("ACK", 1, "b2", "c", "pbx"));
  CHECK(far.say(request("BYE", 2, "b3", "c", "pbx")) == Sent{"200"});
  CHECK(far.say(request("REGISTER", 1, "b4", "r")) == Sent{"200"});
  CHECK(far.say(request("BYE", 2, "b3", "c", "pbx")) == Sent{"200"});
  // Remembered for 32 s.
  far.now += 33s;
  CHECK(far.say(request("BYE", 2, "b3", "c", "pbx")) == Sent{"481"});
}

TEST_CASE("What belongs to a call that is over begins no other", "[sip_pbx]") {
  FarEnd far;
  CHECK(far.say(request("INVITE", 7, "b1", "gone", "pbx")) == Sent{"481"});
  CHECK(far.pbx.signalled_from() == nullptr);
}

TEST_CASE("What was held up on its way changes nothing", "[sip_pbx]") {
  FarEnd far;
  far.say(request("REGISTER", 2, "b1", "r"), kFromB);
  CHECK(far.say(request("REGISTER", 1, "b2", "r"), kFromA) == Sent{"500"});
  CHECK(far.pbx.phone()->address() == kFromB.address());
  far.say(request("INVITE", 3, "b3"), kFromB);
  CHECK(far.say(request("INVITE", 2, "b4", "c", "pbx"), kFromA) == Sent{"500"});
  CHECK(far.say(request("BYE", 2, "b5", "c", "pbx"), kFromA) == Sent{"500"});
  CHECK(far.pbx.signalled_from()->address() == kFromB.address());
}

TEST_CASE("A phone that registers from elsewhere is asked for there at once", "[sip_pbx]") {
  FarEnd far;
  far.say(request("REGISTER", 1, "b1", "r"), kFromA);
  CHECK(far.wait(20ms) == Sent{"OPTIONS"});
  far.say(request("REGISTER", 2, "b2", "r"), kFromB);
  CHECK(far.wait(20ms) == Sent{"OPTIONS"});
  CHECK(far.last_to->address() == kFromB.address());
}

TEST_CASE("An answer tells where the request was seen to come from", "[sip_pbx]") {
  FarEnd far;
  far.say(request("REGISTER", 1, "b1", "r"), kFromB);
  CHECK(far.last->seen_from == "100.64.2.2:30000");
  CHECK(far.last->expires == 10U);
}

TEST_CASE("A session that is not refreshed ends before it expires", "[sip_pbx]") {
  FarEnd far;
  auto invite = request("INVITE", 1, "b1");
  invite.more_headers = "Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n";
  far.say(invite);
  CHECK(far.last->session_expires == 90U);
  far.say(request("ACK", 1, "b2", "c", "pbx"));
  CHECK(far.wait(59s).empty());
  CHECK(far.wait(2s).front() == "BYE");
}

TEST_CASE("What the far end does not know is refused", "[sip_pbx]") {
  FarEnd far;
  CHECK(far.say(request("INFO", 1, "b1")) == Sent{"405"});
  CHECK(far.say(request("BYE", 1, "b2", "c", "pbx")) == Sent{"481"});
}

}  // namespace wandrill
