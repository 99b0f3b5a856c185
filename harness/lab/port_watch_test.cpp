// SPDX-License-Identifier: Apache-2.0
#include "lab/port_watch.hpp"

#include "base/testing/catch.hpp"
#include "lab/testing/home_office.hpp"
#include "lab/testing/in_cell.hpp"
#include "net/link.hpp"

using namespace wandrill;
using testing::in_cell;

namespace {

using Port = std::pair<std::string, std::string>;

/// What a watch over the home office says after an interface was deleted: one of a node.
std::string said_after(const Port& port) {
  return in_cell([&] {
           const auto topology = testing::home_office();
           Network network{topology};
           PortWatch watch{network, topology};
           if (const auto early = watch.loss(); !early.empty()) return Json("early: " + early);
           if (!port.second.empty()) delete_link(network.node(port.first).netlink, port.second);
           set_link_down(network.node("laptop").netlink, "eth0");
           return Json(watch.loss());
         })
      .get<std::string>();
}

}  // namespace

TEST_CASE("A link whose interface was deleted is named, whoever had it", "[port_watch]") {
  const auto isp = testing::home_office().wans[1].isp;
  CHECK_THAT(said_after({"router", "wan_a"}), Catch::Matchers::StartsWith("WAN wan_a is gone"));
  CHECK_THAT(said_after({isp.node, isp.interface}),
             Catch::Matchers::StartsWith("WAN wan_b is gone"));
  CHECK_THAT(
      said_after({"desk_phone", "eth0"}),
      Catch::Matchers::StartsWith("the cable between eth0 of desk_phone and desk_phone of lan"));
}

TEST_CASE("A link that is down is still there", "[port_watch]") {
  CHECK(said_after({}).empty());
}
