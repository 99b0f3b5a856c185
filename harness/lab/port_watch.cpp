// SPDX-License-Identifier: Apache-2.0
#include "lab/port_watch.hpp"

#include <fmt/format.h>

#include "net/link.hpp"

namespace wandrill {

PortWatch::PortWatch(Network& network, const TopologyPlan& topology) {
  const auto watch = [&](const PortPlan& port, const std::string& title) {
    // Of a network that is not ours, switches stand in the machine's own: their ports go with the
    // other end.
    if (!network.nodes().contains(port.node)) return;
    auto& node = network.node(port.node);
    ports_.push_back({&node, interface_index(node.netlink, port.interface), title});
  };
  for (std::size_t i = 0; i < topology.wans.size(); ++i) {
    const auto& wan = topology.wans[i];
    const auto title = "WAN " + wan.name;
    watch(wan.router, title);
    watch(wan.isp, title);
    auto& slot = network.slots()[i].node;
    for (const auto* side : {Slot::kRouterSide, Slot::kIspSide})
      ports_.push_back({&slot, interface_index(slot.netlink, side), title});
  }
  for (const auto& [a, b] : topology.cables) {
    const auto title = fmt::format("the cable between {} of {} and {} of {}", a.interface, a.node,
                                   b.interface, b.node);
    watch(a, title);
    watch(b, title);
  }
}

std::string PortWatch::loss() {
  for (auto& port : ports_)
    if (!has_interface(port.node->netlink, port.index))
      return fmt::format(
          "{} is gone: a program of the lab, or somebody in it, has deleted an interface of it "
          "(net.stop(), ip link del). No router can lose a port in that way, so nothing is judged.",
          port.title);
  return {};
}

}  // namespace wandrill
