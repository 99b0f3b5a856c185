// SPDX-License-Identifier: Apache-2.0
#include "net/change_text.hpp"

#include <linux/fib_rules.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "base/ip_address.hpp"
#include "base/testing/catch.hpp"

using namespace wandrill;

namespace {

const InterfaceNames kNames{{2, "wan_a"}, {3, "wan_b"}};

NetlinkView view_of(NetlinkMessage& message) {
  return {RTM_NEWROUTE, message.bytes().subspan(sizeof(nlmsghdr))};
}

void add_address(NetlinkMessage& message, std::uint16_t type, const char* text) {
  const auto address = IpAddress::parse(text).value();
  message.attribute(type, address.data(), address.size());
}

rtmsg route_of(std::uint8_t family, std::uint8_t type = RTN_UNICAST) {
  rtmsg info{};
  info.rtm_family = family;
  info.rtm_table = RT_TABLE_MAIN;
  info.rtm_type = type;
  return info;
}

/// One next hop of RTA_MULTIPATH as the kernel writes it: rtnexthop, then its gateway.
void add_hop(std::vector<std::uint8_t>& hops, int interface, const char* gateway,
             std::uint8_t flags) {
  const auto address = IpAddress::parse(gateway).value();
  rtnexthop hop{};
  hop.rtnh_len = static_cast<unsigned short>(sizeof hop + sizeof(nlattr) + address.size());
  hop.rtnh_flags = flags;
  hop.rtnh_ifindex = interface;
  const nlattr attribute{static_cast<std::uint16_t>(sizeof(nlattr) + address.size()), RTA_GATEWAY};
  const auto append = [&](const void* data, std::size_t size) {
    const auto* first = static_cast<const std::uint8_t*>(data);
    hops.insert(hops.end(), first, first + size);
  };
  append(&hop, sizeof hop);
  append(&attribute, sizeof attribute);
  append(address.data(), address.size());
}

}  // namespace

TEST_CASE("A route's text says where it leads, by which table and metric", "[monitor]") {
  NetlinkMessage v4{RTM_NEWROUTE, 0};
  v4.fixed(route_of(AF_INET));
  add_address(v4, RTA_GATEWAY, "100.64.1.1");
  v4.attribute(RTA_OIF, std::uint32_t{2}).attribute(RTA_PRIORITY, std::uint32_t{10});
  CHECK(route_text(view_of(v4), kNames) == "default via 100.64.1.1 dev wan_a metric 10");

  NetlinkMessage v6{RTM_NEWROUTE, 0};
  auto info = route_of(AF_INET6);
  info.rtm_dst_len = 64;
  v6.fixed(info);
  add_address(v6, RTA_DST, "2001:db8:a::");
  v6.attribute(RTA_OIF, std::uint32_t{9}).attribute(RTA_TABLE, std::uint32_t{1000});
  CHECK(route_text(view_of(v6), kNames) == "2001:db8:a::/64 dev if9 table 1000 (ipv6)");
}

TEST_CASE("A route that leads nowhere says so", "[monitor]") {
  NetlinkMessage message{RTM_NEWROUTE, 0};
  auto info = route_of(AF_INET, RTN_UNREACHABLE);
  info.rtm_dst_len = 8;
  message.fixed(info);
  add_address(message, RTA_DST, "10.0.0.0");
  CHECK(route_text(view_of(message), kNames) == "unreachable 10.0.0.0/8");
}

TEST_CASE("A multipath route names each next hop and those that are down", "[monitor]") {
  std::vector<std::uint8_t> hops;
  add_hop(hops, 2, "100.64.1.1", RTNH_F_DEAD | RTNH_F_LINKDOWN);
  add_hop(hops, 3, "100.64.2.1", 0);
  NetlinkMessage message{RTM_NEWROUTE, 0};
  message.fixed(route_of(AF_INET)).attribute(RTA_NH_ID, std::uint32_t{20});
  message.attribute(RTA_MULTIPATH, hops.data(), hops.size());
  CHECK(route_text(view_of(message), kNames) ==
        "default nhid 20 nexthop via 100.64.1.1 dev wan_a dead linkdown"
        " nexthop via 100.64.2.1 dev wan_b");
  // Cut short inside its second hop, it names the first only.
  NetlinkMessage cut{RTM_NEWROUTE, 0};
  cut.fixed(route_of(AF_INET)).attribute(RTA_MULTIPATH, hops.data(), hops.size() - 4);
  CHECK(route_text(view_of(cut), kNames) ==
        "default nexthop via 100.64.1.1 dev wan_a dead linkdown");
}

TEST_CASE("An IPv4 route through an IPv6 gateway names that gateway", "[monitor]") {
  const auto gateway = IpAddress::parse("fe80::1").value();
  std::vector<std::uint8_t> via(sizeof(rtvia));
  const std::uint16_t family = AF_INET6;
  std::memcpy(via.data(), &family, sizeof family);
  via.insert(via.end(), gateway.data(), gateway.data() + gateway.size());
  NetlinkMessage message{RTM_NEWROUTE, 0};
  message.fixed(route_of(AF_INET)).attribute(RTA_VIA, via.data(), via.size());
  CHECK(route_text(view_of(message), kNames) == "default via fe80::1");
}

TEST_CASE("A rule's text says what it matches and what it does", "[monitor]") {
  fib_rule_hdr info{};
  info.family = AF_INET;
  info.action = FR_ACT_TO_TBL;
  NetlinkMessage marked{RTM_NEWRULE, 0};
  marked.fixed(info).attribute(FRA_PRIORITY, std::uint32_t{100});
  marked.attribute(FRA_FWMARK, std::uint32_t{0x200}).attribute(FRA_TABLE, std::uint32_t{1000});
  CHECK(rule_text(view_of(marked)) == "100: fwmark 0x200 lookup 1000");

  info.action = FR_ACT_BLACKHOLE;
  NetlinkMessage drop{RTM_NEWRULE, 0};
  drop.fixed(info).attribute(FRA_PRIORITY, std::uint32_t{1}).text(FRA_IIFNAME, "cpe");
  CHECK(rule_text(view_of(drop)) == "1: iif cpe blackhole");
}

TEST_CASE("A next hop's text tells a single one from a group", "[monitor]") {
  nhmsg info{};
  info.nh_family = AF_INET;
  NetlinkMessage single{RTM_NEWNEXTHOP, 0};
  single.fixed(info).attribute(NHA_ID, std::uint32_t{20}).attribute(NHA_OIF, std::uint32_t{2});
  add_address(single, NHA_GATEWAY, "100.64.1.1");
  CHECK(next_hop_text(view_of(single), kNames) == "id 20 via 100.64.1.1 dev wan_a");

  std::array<nexthop_grp, 2> members{};
  members[0].id = 20;
  members[1].id = 21;
  NetlinkMessage group{RTM_NEWNEXTHOP, 0};
  group.fixed(info).attribute(NHA_ID, std::uint32_t{30});
  group.attribute(NHA_GROUP, members.data(), sizeof members);
  CHECK(next_hop_text(view_of(group), kNames) == "id 30 group 20 21");
}

TEST_CASE("A message without its fixed part has a text all the same", "[monitor]") {
  const NetlinkView empty{RTM_NEWROUTE, {}};
  CHECK(route_text(empty, kNames) == "default table 0");
  CHECK(rule_text(empty) == "0: lookup 0");
  CHECK_FALSE(link_text(empty).empty());
  CHECK_FALSE(neighbour_text(empty, kNames).empty());
}
