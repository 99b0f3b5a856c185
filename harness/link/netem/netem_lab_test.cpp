// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>

#include "base/error.hpp"
#include "base/testing/catch.hpp"
#include "link/choose_engine.hpp"
#include "link/impaired_link.hpp"
#include "link/netem/slot_bridge.hpp"
#include "link/proof/verify.hpp"
#include "link/testing/rig.hpp"
#include "net/link.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using testing::Rig;
using testing::Talker;

namespace {

constexpr Nanos kPatience = 5s;

bool opens(const Rig& rig, int family) {
  const Talker router{rig.router, true, family};
  const Talker isp{rig.isp, false, family};
  for (const auto deadline = Clock::now() + kPatience; Clock::now() < deadline;) {
    router.send(1);
    if (!isp.receive(1, 20ms).empty()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("The bridge of a slot joins its ports like a cable, also after a link was down") {
  if (const auto reason = testing::why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason);
  const Rig rig;
  Netlink slot = Netlink::route(rig.slot);
  bridge_ports(slot, "router", "isp");
  CHECK(opens(rig, AF_INET));
  CHECK(opens(rig, AF_INET6));
  set_link_down(slot, "router");
  set_link_up(slot, "router");
  CHECK(opens(rig, AF_INET));
  CHECK(opens(rig, AF_INET6));
}

TEST_CASE("Netem asked for where the kernel has none is an error that says what to do") {
  if (const auto reason = testing::why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason);
  if (kernel_has_netem()) WANDRILL_SKIP("this kernel has the netem qdisc");
  CHECK_THROWS_WITH(choose_engine(EngineChoice::kNetem),
                    Catch::Contains("modprobe sch_netem") && Catch::Contains("--engine wire"));
}

TEST_CASE("Filters take the engine that can have them") {
  if (const auto reason = testing::why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason);
  CHECK(choose_engine(EngineChoice::kWire, true).engine == Engine::kWire);
  const bool netem = kernel_has_netem() && kernel_has_stages();
  const auto chosen = choose_engine(EngineChoice::kAuto, true);
  CHECK((chosen.engine == Engine::kNetem) == netem);
  if (netem) CHECK(choose_engine(EngineChoice::kNetem, true).engine == Engine::kNetem);
}

TEST_CASE("The netem engine delays, swallows and mends, and reads back what it does") {
  if (const auto reason = testing::why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason);
  if (!kernel_has_netem()) WANDRILL_SKIP("this kernel has no netem qdisc");
  const Rig rig;
  ImpairedLink link{rig.slot, rig.settings(), Engine::kNetem, nullptr};
  REQUIRE(opens(rig, AF_INET));
  REQUIRE(opens(rig, AF_INET6));
  const Impairment everything{.loss = Percent{1},
                              .delay = 20ms,
                              .jitter = 5ms,
                              .rate = BitsPerSecond{50'000'000},
                              .queue = Bytes{100'000}};
  for (const auto& asked : {Impairment{.delay = 200ms}, Impairment{.blackhole = true}, everything,
                            Impairment{.delay = 10ms, .jitter = 5ms}, Impairment{}}) {
    link.change(Direction::kUp, asked);
    CHECK(mismatch(asked, link.read_back(Direction::kUp)) == "");
    CHECK(mismatch({}, link.read_back(Direction::kDown)) == "");
  }
  const Talker router{rig.router, true, AF_INET, 5001};
  const Talker isp{rig.isp, false, AF_INET, 5001};
  link.change(Direction::kUp, {.delay = 200ms});
  const auto sent = Clock::now();
  router.send(1);
  CHECK(isp.receive(1, kPatience).size() == 1);
  CHECK(Clock::now() - sent >= 200ms);
  link.change(Direction::kUp, {.blackhole = true});
  router.send(2);
  CHECK(isp.receive(1, 200ms).empty());
  link.change(Direction::kUp, {});
  CHECK(opens(rig, AF_INET));
  CHECK(link.counters(Direction::kUp).lost >= 1);
}
