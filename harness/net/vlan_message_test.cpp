// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "base/testing/catch.hpp"
#include "net/vlan.hpp"

using namespace wandrill;

namespace {

/// Shows the one message that was written, as its reader sees it.
void read_back(NetlinkMessage message, const std::function<void(const NetlinkView&)>& look) {
  int seen = 0;
  for_each_message(message.bytes(), [&](const nlmsghdr& header, auto body) {
    ++seen;
    look(NetlinkView{header.nlmsg_type, body});
  });
  CHECK(seen == 1);
}

std::span<const std::uint8_t> info_data(const NetlinkView& view) {
  const auto info = view.find(sizeof(ifinfomsg), IFLA_LINKINFO).value();
  return find_attribute(info, IFLA_INFO_DATA).value();
}

}  // namespace

TEST_CASE("A VLAN port's message names its kind, its trunk and its id", "[vlan]") {
  read_back(vlan_port_message({.name = "voice", .trunk = "lan", .id = 0x123}, 7),
            [](const NetlinkView& view) {
              CHECK(view.type() == RTM_NEWLINK);
              CHECK(view.text(sizeof(ifinfomsg), IFLA_IFNAME) == "voice");
              CHECK(view.value<std::uint32_t>(sizeof(ifinfomsg), IFLA_LINK) == 7U);
              const auto id = find_attribute(info_data(view), IFLA_VLAN_ID).value();
              CHECK(std::vector<std::uint8_t>(id.begin(), id.end()) ==
                    std::vector<std::uint8_t>{0x23, 0x01});
            });
}

TEST_CASE("A bridge is told to forward by VLAN", "[vlan]") {
  read_back(vlan_filtering_message(9), [](const NetlinkView& view) {
    CHECK(view.fixed<ifinfomsg>().value().ifi_index == 9);
    CHECK(find_attribute(info_data(view), IFLA_BR_VLAN_FILTERING).value()[0] == 1);
  });
}

TEST_CASE("What makes a port a member of a VLAN is read back as it was written", "[vlan]") {
  for (const BridgeVlan vlan : {BridgeVlan{.id = 20}, BridgeVlan{.id = 4094, .untagged = true}})
    read_back(bridge_vlan_message(5, vlan, true), [&](const NetlinkView& view) {
      CHECK(view.type() == RTM_SETLINK);
      CHECK(view.fixed<ifinfomsg>().value().ifi_family == AF_BRIDGE);
      CHECK(view.fixed<ifinfomsg>().value().ifi_index == 5);
      CHECK(bridge_vlans_in(view) == std::vector{vlan});
    });
  read_back(bridge_vlan_message(5, {.id = 20}, false),
            [](const NetlinkView& view) { CHECK(view.type() == RTM_DELLINK); });
}

TEST_CASE("An answer without VLANs has none", "[vlan]") {
  read_back(vlan_filtering_message(9),
            [](const NetlinkView& view) { CHECK(bridge_vlans_in(view).empty()); });
}
