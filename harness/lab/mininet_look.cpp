// SPDX-License-Identifier: Apache-2.0
#include "lab/mininet_look.hpp"

#include <algorithm>
#include <fstream>

#include "base/error.hpp"
#include "net/address.hpp"

namespace wandrill {
namespace {

/// 127.0.0.0/8 and ::1, which every node has.
bool is_loopback(const IpAddress& address) {
  constexpr std::uint8_t kLoopback = 127;
  return address == *IpAddress::parse("::1") ||
         (address.family() == Family::kIpv4 && address.data()[0] == kLoopback);
}

bool forwards(const NetNs& ns) {
  return ns.run([] {
    std::ifstream file{"/proc/sys/net/ipv4/ip_forward"};
    int value = 0;
    return file >> value && value == 1;
  });
}

/// Names the first port that has not the addresses that the plan was made with.
void require_port(const MininetNetwork& network, const PortPlan& port) {
  const auto* node = network.node(port.node);
  const auto* interface = node == nullptr ? nullptr : node->interface(port.interface);
  if (interface == nullptr)
    throw MachineError{
        fmt::format("this is another network than when the plan was made: "
                    "there is no {} of {}",
                    port.interface, port.node)};
  for (const auto& address : port.addresses)
    if (std::ranges::find(interface->addresses, address) == interface->addresses.end())
      throw MachineError{
          fmt::format("this is another network than when the plan was made: "
                      "{} of {} has not {}",
                      port.interface, port.node, to_string(address))};
}

}  // namespace

void add_what_is_seen(Json& node, const NetNs& ns) {
  node["forwards"] = forwards(ns);
  auto netlink = Netlink::route(ns);
  Json interfaces = Json::array();
  for (const auto& interface : addresses_in(netlink)) {
    Json addresses = Json::array();
    for (const auto& prefix : interface.addresses)
      if (!is_loopback(prefix.address)) addresses.push_back(to_string(prefix));
    interfaces.push_back({{"name", interface.name}, {"addresses", addresses}});
  }
  node["interfaces"] = interfaces;
}

void require_same(const MininetNetwork& network, const TopologyPlan& topology) {
  for (const auto& [a, b] : topology.cables)
    for (const auto* port : {&a, &b})
      require_port(network, *port);
  for (const auto& wan : topology.wans)
    for (const auto* port : {&wan.router, &wan.isp})
      require_port(network, *port);
}

}  // namespace wandrill
