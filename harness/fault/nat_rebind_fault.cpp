// SPDX-License-Identifier: Apache-2.0
#include "fault/nat_rebind_fault.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "fault/nft_table.hpp"
#include "net/conntrack.hpp"

namespace wandrill {
namespace {

/// Ports above those that the router's own NAT hands out first.
constexpr const char* kPorts = "40000-65535";

const IpPrefix* ipv4_of(const PortPlan& port) {
  const auto found = std::ranges::find_if(port.addresses, [](const IpPrefix& prefix) {
    return prefix.address.family() == Family::kIpv4;
  });
  return found == port.addresses.end() ? nullptr : &*found;
}

}  // namespace

NatRebindFault::NatRebindFault(const FaultAction& fault, const LabFaultStage& stage)
    : wan_{*stage.plan.topology.wan(fault.wan)},
      isp_{stage.lab.network().node(wan_.isp.node)},
      table_{"ip wandrill_nat_" + wan_.name} {
  const auto* address = upstream_ipv4(stage.plan.topology, wan_.isp.node);
  if (address == nullptr)
    throw MachineError{
        fmt::format("{} has no IPv4 address towards the internet to translate to", wan_.isp.node)};
  public_address_ = to_string(*address);
}

void NatRebindFault::apply() {
  const auto* customers = ipv4_of(wan_.isp);
  add_table(isp_.ns, table_,
            fmt::format("  chain old_mappings {{\n"
                        "    type filter hook forward priority filter;\n"
                        "    oifname \"{0}\" ct state new,invalid drop\n"
                        "  }}\n"
                        "  chain new_mappings {{\n"
                        "    type nat hook postrouting priority srcnat;\n"
                        "    ip saddr {1} oifname != \"{0}\" meta l4proto {{tcp, udp}} "
                        "snat to {2}:{3} random\n"
                        "    ip saddr {1} oifname != \"{0}\" snat to {2}\n"
                        "  }}",
                        wan_.isp.interface, to_string(*customers), public_address_, kPorts));
  Conntrack{isp_.ns}.flush(Family::kIpv4);
  rebound_ = true;
}

void NatRebindFault::undo() {
  delete_table(isp_.ns, table_);
  Conntrack{isp_.ns}.flush(Family::kIpv4);
  rebound_ = false;
}

std::string NatRebindFault::evidence() {
  if (has_table(isp_.ns, table_) != rebound_) return "";
  return rebound_
             ? fmt::format("{} translates {} to {}", wan_.isp.node, wan_.name, public_address_)
             : fmt::format("{} forwards the addresses of {} as they are", wan_.isp.node, wan_.name);
}

}  // namespace wandrill
