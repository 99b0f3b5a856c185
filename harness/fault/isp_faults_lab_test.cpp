// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

#include "base/testing/catch.hpp"
#include "fault/testing/live_stage.hpp"
#include "net/address.hpp"
#include "net/neighbour.hpp"

using namespace wandrill;
using namespace wandrill::testing;

namespace {

struct Both {
  Talk v4;
  Talk v6;

  explicit Both(LiveStage& stage, const char* node = "internet", const char* far4 = "203.0.113.10",
                const char* far6 = "2001:db8:f::10", std::uint16_t port = 7777)
      : v4{stage, "100.64.1.2", node, far4, port}, v6{stage, "2001:db8:a::2", node, far6, port} {}

  Json up(std::size_t size = 100) { return {v4.up(size), v6.up(size)}; }
  Json down(std::size_t size = 100) { return {v4.down(size), v6.down(size)}; }
  /// As these, for what is to pass.
  Json comes_up(std::size_t size = 100) {
    return soon([&] { return up(size); });
  }
  Json comes_down(std::size_t size = 100) {
    return soon([&] { return down(size); });
  }
};

/// A fresh link takes IPv6 a moment.
void warm_up(Both& talk) {
  soon([&] { return Json{talk.up(), talk.down()}; });
}

/// The router forgets its gateways' hardware addresses.
void forget_neighbours(LiveStage& stage) {
  auto& netlink = stage.node("router").netlink;
  const int interface = interface_index(netlink, "wan_a");
  for (const auto& neighbour : dump_neighbours(netlink, interface)) {
    ndmsg info{};
    info.ndm_family = neighbour.address.family() == Family::kIpv4 ? AF_INET : AF_INET6;
    info.ndm_ifindex = interface;
    NetlinkMessage message{RTM_DELNEIGH, NLM_F_REQUEST | NLM_F_ACK};
    message.fixed(info);
    message.attribute(NDA_DST, neighbour.address.data(), neighbour.address.size());
    netlink.request(std::move(message), "forget a neighbour");
  }
}

const Json kBothPass{true, true};
const Json kNonePasses{false, false};

}  // namespace

TEST_CASE("withdraw: the gateway answers, nothing beyond it does; restored, all is as before") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - {at: 1s, fault: withdraw, on: wan_a}\n"};
    Both beyond{stage};
    warm_up(beyond);
    const auto before = stage.everything();
    Both gateway{stage, "isp_a", "100.64.1.1", "2001:db8:a::1", 7778};
    const auto fault = stage.make(0);
    auto result = Json::array({beyond.up()});
    fault->apply();
    result.push_back(wait_for_evidence(*fault));
    result.push_back(beyond.up());
    result.push_back(gateway.up());
    fault->undo();
    result.push_back(wait_for_evidence(*fault));
    result.push_back(beyond.comes_up());
    result.push_back(difference(before, stage.everything()));
    return result;
  });
  CHECK(seen == Json{kBothPass, "isp_a has no way beyond its own network", kNonePasses, kBothPass,
                     "isp_a has its way beyond its own network", kBothPass, ""});
}

TEST_CASE(
    "admin_down: the port is down with its IPv6; up again, it has the addresses that it had") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - {at: 1s, fault: admin_down, on: wan_a}\n"};
    auto& netlink = stage.node("router").netlink;
    const auto addresses = [&] {
      for (const auto& interface : addresses_in(netlink))
        if (interface.name == "wan_a") return interface.addresses;
      return std::vector<IpPrefix>{};
    };
    const auto has_ipv6 = [&] {
      return std::ranges::any_of(
          addresses(), [](const IpPrefix& one) { return one.address.family() == Family::kIpv6; });
    };
    Both gateway{stage, "isp_a", "100.64.1.1", "2001:db8:a::1", 7778};
    warm_up(gateway);
    const auto before = addresses();
    const auto fault = stage.make(0);
    auto result = Json::array({gateway.up()});
    fault->apply();
    result.push_back(wait_for_evidence(*fault));
    result.push_back(gateway.up());
    result.push_back(is_up(netlink, "wan_a"));
    result.push_back(has_ipv6());
    fault->undo();
    result.push_back(wait_for_evidence(*fault));
    result.push_back(gateway.comes_up());
    const auto after = addresses();
    result.push_back(std::ranges::is_permutation(before, after));
    return result;
  });
  CHECK(seen == Json{kBothPass, "wan_a of router is down", kNonePasses, false, false,
                     "wan_a of router is up, with its addresses", kBothPass, true});
}

TEST_CASE(
    "nat_rebind: IPv4 comes from another address and port, the old one is dead, IPv6 goes on") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - {at: 1s, fault: nat_rebind, on: wan_a}\n"};
    Both talk{stage};
    warm_up(talk);
    const auto before = stage.everything();
    const auto fault = stage.make(0);
    Json result{talk.up(), talk.v4.seen_from()};
    fault->apply();
    result.push_back(wait_for_evidence(*fault));
    result.push_back(talk.down());  // to the old address
    result.push_back(talk.up());
    const auto source = talk.v4.seen_from();
    result.push_back(source.substr(0, source.find(':')));
    result.push_back(std::stoi(source.substr(source.find(':') + 1)) >= 40000);
    result.push_back(talk.v6.seen_from());
    result.push_back(talk.v4.back());  // to the new address
    fault->undo();
    result.push_back(wait_for_evidence(*fault));
    result.push_back(talk.v4.back());  // to a mapping that is no more
    result.push_back(talk.comes_up());
    result.push_back(talk.v4.seen_from());
    result.push_back(talk.comes_down());
    result.push_back(difference(before, stage.everything()));
    return result;
  });
  CHECK(seen == Json{kBothPass, "100.64.1.2:7777", "isp_a translates wan_a to 192.0.2.1",
                     Json{false, true}, kBothPass, "192.0.2.1", true, "2001:db8:a::2:7777", true,
                     "isp_a forwards the addresses of wan_a as they are", false, kBothPass,
                     "100.64.1.2:7777", kBothPass, ""});
}

TEST_CASE("arp silent: who knows the gateway reaches it, who must ask does not find it") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - {at: 1s, fault: arp, on: wan_a}\n"};
    Both talk{stage};
    warm_up(talk);
    const auto before = stage.everything();
    const auto fault = stage.make(0);
    fault->apply();
    Json result{wait_for_evidence(*fault), talk.up()};
    forget_neighbours(stage);
    result.push_back(talk.up());
    result.push_back(talk.down());  // the gateway knows the router
    fault->undo();
    result.push_back(wait_for_evidence(*fault));
    forget_neighbours(stage);
    result.push_back(talk.comes_up());
    result.push_back(difference(before, stage.everything()));
    return result;
  });
  CHECK(seen == Json{"isp_a answers nobody on wan_a", kBothPass, kNonePasses, kBothPass,
                     "isp_a answers again on wan_a", kBothPass, ""});
}

TEST_CASE("arp new_mac: the line is dead upwards until the router asks; the restore tells it") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - {at: 1s, fault: arp, on: wan_a, mode: new_mac}\n"};
    Both talk{stage};
    warm_up(talk);
    const auto before = stage.everything();
    const auto fault = stage.make(0);
    fault->apply();
    Json result{!wait_for_evidence(*fault).empty(), talk.up(), talk.down(),
                difference(before, stage.everything()).empty()};
    forget_neighbours(stage);
    result.push_back(talk.comes_up());
    fault->undo();
    result.push_back(!wait_for_evidence(*fault).empty());
    result.push_back(talk.comes_up());
    result.push_back(talk.comes_down());
    result.push_back(difference(before, stage.everything()));
    return result;
  });
  CHECK(seen ==
        Json{true, kNonePasses, kBothPass, false, kBothPass, true, kBothPass, kBothPass, ""});
}

TEST_CASE("mtu: packets up to it pass, larger ones do not, and their senders are told") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - {at: 1s, fault: mtu, on: wan_a, mtu: 1300B}\n"};
    Both talk{stage};
    warm_up(talk);
    const auto before = stage.everything();
    const auto fault = stage.make(0);
    Json result{talk.up(1500), talk.down(1500)};
    fault->apply();
    result.push_back(wait_for_evidence(*fault));
    for (const std::size_t size : {1300U, 1301U}) {
      result.push_back(talk.up(size));
      result.push_back(talk.down(size));
    }
    result.push_back(
        {talk.v4.told_up(), talk.v6.told_up(), talk.v4.told_down(), talk.v6.told_down()});
    fault->undo();
    result.push_back(wait_for_evidence(*fault));
    result.push_back(talk.comes_up(1500));
    result.push_back(talk.comes_down(1500));
    result.push_back(difference(before, stage.everything()));
    return result;
  });
  CHECK(seen == Json{kBothPass, kBothPass, "isp_a forwards at most 1300 bytes", kBothPass,
                     kBothPass, kNonePasses, kNonePasses, Json{1300, 1300, 1300, 1300},
                     "isp_a forwards whatever its links carry", kBothPass, kBothPass, ""});
}

TEST_CASE(
    "mtu with too_big: no is a black hole, in one direction if asked; IPv6 below 1280 as well") {
  const auto seen = in_cell([] {
    LiveStage stage{
        "  - {at: 1s, fault: mtu, on: wan_a, mtu: 1000B, too_big: no, direction: down}\n"};
    Both talk{stage};
    warm_up(talk);
    const auto before = stage.everything();
    const auto fault = stage.make(0);
    fault->apply();
    Json result{!wait_for_evidence(*fault).empty(), talk.up(1400), talk.down(1400), talk.down(1001),
                talk.down(1000)};
    result.push_back(
        {talk.v4.told_up(), talk.v6.told_up(), talk.v4.told_down(), talk.v6.told_down()});
    fault->undo();
    result.push_back(!wait_for_evidence(*fault).empty());
    result.push_back(talk.comes_down(1400));
    result.push_back(difference(before, stage.everything()));
    return result;
  });
  CHECK(seen == Json{true, kBothPass, kNonePasses, kNonePasses, kBothPass, Json{0, 0, 0, 0}, true,
                     kBothPass, ""});
}

TEST_CASE("monitor_target: that server is silent, its neighbours on the same node answer") {
  const auto seen = in_cell([] {
    LiveStage stage{"  - {at: 1s, fault: monitor_target, on: dns}\n"};
    Both web{stage};
    warm_up(web);
    const auto before = stage.everything();
    const auto fault = stage.make(0);
    Json result;
    {
      Both dns{stage, "internet", "203.0.113.53", "2001:db8:f::53", 7778};
      fault->apply();
      result = {wait_for_evidence(*fault), dns.up(), web.up(), web.down()};
      fault->undo();
      result.push_back(wait_for_evidence(*fault));
      result.push_back(dns.comes_up());
    }
    result.push_back(difference(before, stage.everything()));
    return result;
  });
  CHECK(seen == Json{"internet drops what is sent to dns", kNonePasses, kBothPass, kBothPass,
                     "internet takes what is sent to dns", kBothPass, ""});
}
