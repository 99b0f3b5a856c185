// SPDX-License-Identifier: Apache-2.0
// trunk_check [--must]: whether the tags on the trunk of topologies/segmented_office.yaml are those
// of 802.1Q, and whether this check notices when they are not. To be run in the source folder.
// Exit codes: 0 all is well, 1 not, 77 this kernel has no 802.1Q (1 with --must).
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "lab/testing/in_cell.hpp"
#include "lab/testing/reach.hpp"
#include "lab/testing/segmented_office.hpp"
#include "lab/vlan_trunk.hpp"
#include "net/vlan.hpp"
#include "programs/trunk/trunk_check.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

struct Case {
  const char* name;
  testing::Sabotage sabotage;  ///< Empty: there must be no complaint, else some.
};

/// Moves a port of the switch into another VLAN, or tags its VLAN no more.
void set_port(Network& network, const std::string& port, std::uint16_t from, std::uint16_t to) {
  auto& netlink = network.node(kTrunk).netlink;
  delete_bridge_vlan(netlink, port, from);
  add_bridge_vlan(netlink, port, {.id = to, .untagged = true});
}

std::vector<Case> cases() {
  return {{"as it should be", nullptr},
          {"the camera's port in VLAN 30",
           [](Network& network) { set_port(network, "camera", 40, 30); }},
          {"VLAN 20 untagged on the trunk",
           [](Network& network) { set_port(network, "router", 20, 20); }},
          {"the visitor's port in VLAN 10 too", [](Network& network) {
             add_bridge_vlan(network.node(kTrunk).netlink, "visitor", {.id = 10, .untagged = true});
           }}};
}

Json check_all(const TopologyPlan& topology) {
  try {
    require_vlans(topology);
  } catch (const MachineError& error) {
    return Json(error.what());
  }
  Json results = Json::array();
  for (const auto& one : cases())
    results.push_back(testing::check_trunk(topology, one.sabotage, one.sabotage ? 300ms : 5000ms));
  return results;
}

int run(bool must) {
  const auto topology = testing::segmented_office(true);
  const auto results = testing::in_cell([&] { return check_all(topology); });
  if (!results.is_array()) {
    const auto reason = results.is_string() ? results.get<std::string>() : results.dump();
    fmt::print("{}: {}\n", must ? "not checked" : "skipped", reason);
    return must ? 1 : 77;
  }
  bool all_well = true;
  const auto all = cases();
  for (std::size_t i = 0; i < results.size(); ++i) {
    const auto& one = all[i];
    const bool well = results[i].empty() == !one.sabotage;
    all_well = all_well && well;
    fmt::print("{}  {}\n", well ? "ok " : "BAD", one.name);
    for (const auto& complaint : results[i])
      fmt::print("       {}\n", complaint.get<std::string>());
  }
  return all_well ? 0 : 1;
}

}  // namespace
}  // namespace wandrill

int main(int argc, char** argv) {
  return wandrill::run(argc > 1 && std::string_view{argv[1]} == "--must");
}
