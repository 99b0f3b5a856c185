// SPDX-License-Identifier: Apache-2.0
#include "net/neighbour.hpp"

#include <map>
#include <string>

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

#include "base/testing/catch.hpp"
#include "net/link.hpp"
#include "net/sysctl.hpp"
#include "net/testing/private_namespaces.hpp"

using namespace wandrill;
using namespace wandrill::testing;
using namespace std::chrono_literals;

namespace {

constexpr NeighbourTimes kTimes{.reachable = 1h, .delay_probe = 1ms};

/// A parameter of an interface in milliseconds, by table.
std::map<std::string, std::uint64_t> times_of(Netlink& netlink, int interface,
                                              std::uint16_t parameter = NDTPA_BASE_REACHABLE_TIME) {
  std::map<std::string, std::uint64_t> times;
  NetlinkMessage message{RTM_GETNEIGHTBL, NLM_F_REQUEST | NLM_F_DUMP};
  message.fixed(ndtmsg{});
  netlink.dump(std::move(message), "list neighbour tables", [&](const NetlinkView& view) {
    const auto parameters = view.find(sizeof(ndtmsg), NDTA_PARMS);
    if (!parameters) return;
    const NetlinkView inner{view.type(), *parameters};
    if (inner.value<std::uint32_t>(0, NDTPA_IFINDEX) != static_cast<std::uint32_t>(interface))
      return;
    times[std::string{view.text(sizeof(ndtmsg), NDTA_NAME)}] =
        inner.value<std::uint64_t>(0, parameter).value_or(0);
  });
  return times;
}

}  // namespace

TEST_CASE("An interface trusts its neighbours for as long as it is told", "[neighbour]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  auto netlink = Netlink::route(ns);
  create_veth(netlink, {.ns = ns, .name = "told"}, {.ns = ns, .name = "left"});
  const int told = interface_index(netlink, "told");
  const int left = interface_index(netlink, "left");
  const auto before = times_of(netlink, left);
  set_neighbour_times(netlink, told, kTimes);
  const auto after = times_of(netlink, told);
  CHECK(after.at("arp_cache") == 3'600'000);
  CHECK(after.at("ndisc_cache") == 3'600'000);
  // The kernel counts in jiffies: at most 10 ms each.
  CHECK(times_of(netlink, told, NDTPA_DELAY_PROBE_TIME).at("arp_cache") <= 10);
  CHECK(times_of(netlink, left) == before);
}

TEST_CASE("An interface without IPv6 is told for IPv4 only", "[neighbour]") {
  if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
  const auto ns = NetNs::create();
  auto netlink = Netlink::route(ns);
  write_sysctl(ns, "net.ipv6.conf.default.disable_ipv6", "1");
  create_veth(netlink, {.ns = ns, .name = "told"}, {.ns = ns, .name = "left"});
  const int told = interface_index(netlink, "told");
  CHECK_NOTHROW(set_neighbour_times(netlink, told, kTimes));
  CHECK(times_of(netlink, told).at("arp_cache") == 3'600'000);
  CHECK_THROWS_AS(set_neighbour_times(netlink, 4711, kTimes), std::system_error);
}
