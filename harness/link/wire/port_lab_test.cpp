// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>

#include "base/testing/catch.hpp"
#include "link/testing/line.hpp"
#include "net/link.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

#define NEEDS_LAB() \
  if (const auto reason = testing::why_no_lab(); !reason.empty()) WANDRILL_SKIP(reason)

TEST_CASE("A port without link is seen at that port only, and the link recovers by itself") {
  NEEDS_LAB();
  Line line{{.delay = 5ms}, {.delay = 5ms}};
  line.wait_until_open();
  const Talker router{line.rig.router, true, AF_INET};
  const Talker isp{line.rig.isp, false, AF_INET};
  for (const auto side : {Side::kRouter, Side::kIsp}) {
    const bool router_down = side == Side::kRouter;
    line.link.set_port(side, false);
    CHECK(has_carrier(line.rig.router_netlink, Rig::kPort) == !router_down);
    CHECK(has_carrier(line.rig.isp_netlink, Rig::kPort) == router_down);
    send_many(router_down ? isp : router, 5);
    CHECK((router_down ? router : isp).receive(1, kNever).empty());
    line.link.set_port(side, true);
    CHECK(has_carrier(line.rig.router_netlink, Rig::kPort));
    CHECK(has_carrier(line.rig.isp_netlink, Rig::kPort));
    line.wait_until_open();
  }
}

TEST_CASE("A router hears at once that its port lost link, also the third time within a second") {
  NEEDS_LAB();
  Line line;
  const UniqueFd ear = testing::listen_to_links(line.rig.router);
  // The kernel holds such news back for up to 1 s in some cases; a quarter is beyond most stalls.
  int late = 0;
  for (int i = 0; i < 6; ++i) {
    const auto start = Clock::now();
    line.link.set_port(Side::kRouter, i % 2 == 1);
    REQUIRE(testing::hears(ear, kPatience));
    if (Clock::now() - start > 250ms) ++late;
  }
  CHECK(late <= 1);
}

TEST_CASE("Frames on their way to a port that loses link do not come late") {
  NEEDS_LAB();
  Line line{{.delay = 100ms}};
  line.wait_until_open();
  const Talker router{line.rig.router, true, AF_INET};
  const Talker isp{line.rig.isp, false, AF_INET};
  send_many(router, 10);
  line.link.set_port(Side::kIsp, false);
  line.link.set_port(Side::kIsp, true);
  CHECK(isp.receive(1, 300ms).empty());
  CHECK(line.link.counters(Direction::kUp).port_down >= 10);
}
