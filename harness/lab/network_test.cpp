// SPDX-License-Identifier: Apache-2.0
#include "lab/network.hpp"

#include <filesystem>

#include "base/testing/catch.hpp"
#include "lab/testing/home_office.hpp"
#include "lab/testing/in_cell.hpp"
#include "lab/testing/reach.hpp"
#include "net/link.hpp"
#include "net/route.hpp"

using namespace wandrill;
using testing::address;
using testing::in_cell;
using testing::prefix;
using testing::reaches;
using namespace std::chrono_literals;

namespace {

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all{"/proc/self/fd"};
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace

TEST_CASE("Hosts of the home office reach each other and the router, in both families",
          "[network]") {
  const auto seen = in_cell([] {
    Network network{testing::home_office()};
    const auto& laptop = network.node("laptop").ns;
    const auto& router = network.node("router").ns;
    const auto& phone = network.node("desk_phone").ns;
    return Json{reaches({laptop, router, "192.168.1.10", "192.168.1.1"}),
                reaches({laptop, phone, "192.168.1.10", "192.168.1.20"}),
                reaches({laptop, phone, "fd00:1::10", "fd00:1::20"})};
  });
  CHECK(seen == Json{true, true, true});
}

TEST_CASE("An ISP forwards its customer's own address and drops every other", "[network]") {
  const auto seen = in_cell([] {
    Network network{testing::home_office()};
    const auto& isp = network.node("isp_a").ns;
    const auto& internet = network.node("internet").ns;
    auto& slot = network.slots().front().node;
    // The slot has no engine here: its two ends become one bridge, so that the router reaches the
    // ISP.
    create_bridge(slot.netlink, "through");
    enslave(slot.netlink, Slot::kRouterSide, "through");
    enslave(slot.netlink, Slot::kIspSide, "through");
    auto& router = network.node("router");
    for (const auto* gateway : {"100.64.1.1", "2001:db8:a::1"}) {
      const auto via = address(gateway);
      add_route(router.netlink, {.destination = default_destination(via.family()), .gateway = via});
    }
    return Json{reaches({router.ns, internet, "100.64.1.2", "203.0.113.10"}),
                reaches({router.ns, internet, "2001:db8:a::2", "2001:db8:f::10"}),
                reaches({router.ns, internet, "100.64.2.2", "203.0.113.10"}, 500ms),
                reaches({router.ns, internet, "fd00:1::1", "2001:db8:f::10"}, 500ms),
                reaches({router.ns, isp, "100.64.1.2", "100.64.1.1"})};
  });
  CHECK(seen == Json{true, true, false, false, true});
}

TEST_CASE("A network goes without leaving a descriptor", "[network]") {
  const auto seen = in_cell([] {
    const auto before = open_descriptors();
    { const Network network{testing::home_office()}; }
    return Json{open_descriptors() - before};
  });
  CHECK(seen == Json{0});
}
