// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "fault/testing/live_stage.hpp"
#include "net/link.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

namespace {

/// wan_a with one of the plan's faults laid over it, and traffic of both families across it.
class Line {
 public:
  explicit Line(const std::string& fault)
      : stage_{"  - {at: 1s, on: wan_a, " + fault + "}\n"},
        v4_{stage_, "100.64.1.2", "internet", "203.0.113.10"},
        v6_{stage_, "2001:db8:a::2", "internet", "2001:db8:f::10"},
        state_{state_under_faults(*wan().plan, {})} {
    soon([this] { return passes(); });
  }

  void apply(bool flapped_down = false) {
    const FaultInForce in_force[]{{.fault = &stage_.fault(0), .flapped_down = flapped_down}};
    drive(state_under_faults(*wan().plan, in_force));
  }
  void undo() { drive(state_under_faults(*wan().plan, {})); }

  Json passes() { return {v4_.up(), v6_.up(), v4_.down(), v6_.down()}; }
  /// What the router's port and the ISP's see.
  Json links() {
    return {has_carrier(stage_.node("router").netlink, "wan_a"),
            has_carrier(stage_.node("isp_a").netlink, "wan_a")};
  }
  /// The quicker of the two families' round trips.
  Nanos round_trip() {
    return std::min(v4_.round_trip().value_or(10s), v6_.round_trip().value_or(10s));
  }
  /// How many of 200 small packets up arrive, of each family.
  std::pair<int, int> arrivals() { return {v4_.burst(200, 100), v6_.burst(200, 100)}; }
  /// How long a burst of 40 packets of 1400 bytes takes to arrive.
  Nanos burst_time() { return std::min(v4_.burst_time(40, 1400), v6_.burst_time(40, 1400)); }
  /// Longest less shortest round trip of a few, of each family.
  std::pair<Nanos, Nanos> spread() { return {v4_.spread(), v6_.spread()}; }
  std::string everything() { return stage_.everything(); }

 private:
  LiveWan& wan() { return stage_.lab().wans().front(); }
  void drive(const LinkState& wanted) {
    drive_link(*wan().link, state_, wanted);
    state_ = wanted;
  }

  LiveStage stage_;
  Talk v4_;
  Talk v6_;
  LinkState state_;
};

const Json kAll{true, true, true, true};
const Json kNone{false, false, false, false};
const Json kUpDead{false, false, true, true};

/// Before, during and after a fault that kills the line or a part of it.
Json story(const std::string& fault, bool flapped_down = false) {
  return in_cell([&] {
    Line line{fault};
    const auto before = line.everything();
    line.apply(flapped_down);
    Json result{line.passes(), line.links()};
    line.undo();
    result.push_back(soon([&] { return line.passes(); }));
    result.push_back(difference(before, line.everything()));
    return result;
  });
}

}  // namespace

TEST_CASE(
    "carrier, far_end, blackhole and a flap kill the line, each as it should, and leave it whole") {
  const Json linked{true, true};
  CHECK(story("fault: carrier") == Json{kNone, Json{false, false}, kAll, ""});
  CHECK(story("fault: far_end") == Json{kNone, Json{true, false}, kAll, ""});
  CHECK(story("fault: blackhole") == Json{kNone, linked, kAll, ""});
  CHECK(story("fault: blackhole, direction: up") == Json{kUpDead, linked, kAll, ""});
  CHECK(story("fault: loss, loss: 100%") == Json{kNone, linked, kAll, ""});
  CHECK(story("fault: flap, of: blackhole, period: 2s, count: 2", true) ==
        Json{kNone, linked, kAll, ""});
  CHECK(story("fault: flap, of: blackhole, period: 2s, count: 2", false) ==
        Json{kAll, linked, kAll, ""});
}

TEST_CASE("loss takes about its share of both families and none once it is restored") {
  const auto seen = in_cell([] {
    Line line{"fault: loss, loss: 50%, direction: up"};
    const auto before = line.everything();
    line.apply();
    const auto [v4, v6] = line.arrivals();
    line.undo();
    const auto [after4, after6] = line.arrivals();
    return Json{v4, v6, after4, after6, difference(before, line.everything())};
  });
  REQUIRE(seen.is_array());
  // 200 tosses: 100 ± 50 is seven standard deviations.
  for (const int family : {0, 1}) {
    CHECK(seen[family].get<int>() > 50);
    CHECK(seen[family].get<int>() < 150);
  }
  CHECK(seen[2] == 200);
  CHECK(seen[3] == 200);
  CHECK(seen[4] == "");
}

TEST_CASE("delay and brownout hold every packet back, and no longer once they are restored") {
  for (const auto* fault : {"fault: delay, delay: 150ms", "fault: brownout, loss: 1%"}) {
    const auto seen = in_cell([fault] {
      Line line{fault};
      const auto before = line.everything();
      const auto steady = line.round_trip();
      line.apply();
      const auto slow = line.round_trip();
      line.undo();
      const auto after = line.round_trip();
      return Json{steady < 100ms, slow >= 240ms, after < 100ms,
                  difference(before, line.everything())};
    });
    INFO(fault);
    CHECK(seen == Json{true, true, true, ""});
  }
}

TEST_CASE("rate and brownout spread a burst over the time that its bytes take") {
  for (const auto* fault :
       {"fault: rate, rate: 2Mbit/s, direction: up", "fault: brownout, loss: 1%"}) {
    const auto seen = in_cell([fault] {
      Line line{fault};
      const auto before = line.everything();
      line.apply();
      const auto slow = line.burst_time();  // 40 × 1414 B at 2 Mbit/s: 226 ms
      line.undo();
      const auto fast = line.burst_time();  // at 30 Mbit/s: 15 ms
      return Json{slow > 190ms, fast < 150ms, difference(before, line.everything())};
    });
    INFO(fault);
    CHECK(seen == Json{true, true, ""});
  }
}

TEST_CASE("jitter varies the delay of both families") {
  const auto seen = in_cell([] {
    Line line{"fault: jitter, jitter: 60ms"};
    const auto before = line.everything();
    line.apply();
    const auto [v4, v6] = line.spread();
    line.undo();
    return Json{v4 > 20ms, v6 > 20ms, difference(before, line.everything())};
  });
  CHECK(seen == Json{true, true, ""});
}

TEST_CASE("A filter spares what does not match it, and its fault is undone without a trace") {
  // The traffic is UDP of both families, to and from port 7777.
  const Json linked{true, true};
  const Json v4_dead{false, true, false, true};
  const Json v6_dead{true, false, true, false};
  CHECK(story("fault: blackhole, filter: {family: ipv4}") == Json{v4_dead, linked, kAll, ""});
  CHECK(story("fault: blackhole, filter: {family: ipv6, protocol: udp}") ==
        Json{v6_dead, linked, kAll, ""});
  CHECK(story("fault: blackhole, filter: {protocol: udp, port: 7000-8000}") ==
        Json{kNone, linked, kAll, ""});
  CHECK(story("fault: blackhole, direction: up, filter: {protocol: udp, port: 7777}") ==
        Json{kUpDead, linked, kAll, ""});
  for (const auto* spared : {"protocol: tcp", "protocol: udp, port: 7776", "dscp: ef",
                             "min_size: 1000B", "protocol: icmp, max_size: 40B"})
    CHECK(story("fault: blackhole, filter: {" + std::string{spared} + "}") ==
          Json{kAll, linked, kAll, ""});
}
