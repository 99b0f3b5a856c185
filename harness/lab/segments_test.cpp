// SPDX-License-Identifier: Apache-2.0
#include "base/testing/catch.hpp"
#include "lab/network.hpp"
#include "lab/testing/in_cell.hpp"
#include "lab/testing/reach.hpp"
#include "lab/testing/segmented_office.hpp"
#include "lab/vlan_trunk.hpp"
#include "net/link.hpp"
#include "net/sysctl.hpp"

using namespace wandrill;
using namespace std::chrono_literals;
using testing::in_cell;
using testing::reaches;
using testing::segmented_office;

namespace {

/// The addresses that end alike in a segment: {"10.0.20.10", "fd00:0:0:20::10"}.
std::vector<std::string> both(int segment, int part) {
  return {fmt::format("10.0.{}.{}", segment, part), fmt::format("fd00:0:0:{}::{}", segment, part)};
}

struct Host {
  const char* name;
  int segment;
};
constexpr std::array<Host, 4> kHosts{
    {{"laptop", 10}, {"desk_phone", 20}, {"visitor", 30}, {"camera", 40}}};

}  // namespace

TEST_CASE("A segment without a VLAN has a port of the router to itself", "[segments]") {
  const auto plan = segmented_office(false);
  const auto seen = in_cell([&] {
    Network network{plan};
    auto& router = network.node("router");
    Json result = Json::object();
    for (const auto& [name, segment] : kHosts) {
      const auto& host = network.node(name).ns;
      for (std::size_t family = 0; family < 2; ++family) {
        const auto gateway = both(segment, 1)[family];
        const auto address = both(segment, 10)[family];
        result[gateway] = reaches({host, router.ns, address, gateway});
        result[address] = reaches({router.ns, host, gateway, address});
      }
    }
    for (const auto& segment : plan.segments)
      result[segment.name] = is_up(router.netlink, segment.interface);
    return result;
  });
  CHECK(seen.size() == 20);
  for (const auto& [what, passed] : seen.items()) {
    INFO(what);
    CHECK(passed == true);
  }
}

TEST_CASE("Between segments nothing passes but by way of the router", "[segments]") {
  const auto plan = segmented_office(false);
  const auto seen = in_cell([&] {
    Network network{plan};
    const auto& laptop = network.node("laptop").ns;
    const auto& camera = network.node("camera").ns;
    const auto& router = network.node("router").ns;
    const auto both_families = [&](std::chrono::milliseconds patience) {
      Json result = Json::array();
      for (std::size_t family = 0; family < 2; ++family)
        result.push_back(
            reaches({camera, laptop, both(40, 10)[family], both(10, 10)[family]}, patience));
      return result;
    };
    auto result = Json::array({both_families(300ms)});
    write_sysctl(router, "net.ipv4.ip_forward", "1");
    write_sysctl(router, "net.ipv6.conf.all.forwarding", "1");
    result.push_back(both_families(5s));
    return result;
  });
  CHECK(seen == Json::array({Json{false, false}, Json{true, true}}));
}

TEST_CASE("A kernel without 802.1Q is told of before anything is built, with what to do",
          "[segments]") {
  const auto tagged = segmented_office(true);
  const auto untagged = segmented_office(false);
  const auto said = in_cell([&] {
    require_vlans(untagged);  // Needs none.
    try {
      require_vlans(tagged);
    } catch (const MachineError& error) {
      return Json(error.what());
    }
    const Network network{tagged};  // There is one: then it must do.
    return Json("");
  });
  if (said == "") return;
  CHECK(said ==
        "build the tagged segments of topology 'segmented_office': this kernel has no 802.1Q. Load "
        "it (modprobe 8021q), add --vm to run with a kernel that has it, or take 'vlan' from the "
        "segments: each then has a port of the router to itself");
}
