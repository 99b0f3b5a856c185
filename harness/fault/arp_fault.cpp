// SPDX-License-Identifier: Apache-2.0
#include "fault/arp_fault.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "fault/nft_table.hpp"
#include "net/neighbour.hpp"
#include "net/sysctl.hpp"

namespace wandrill {
namespace {

/// arp_ignore: reply for no local address (ip-sysctl in the kernel's documentation).
constexpr const char* kAnswerNobody = "8";

/// A name of an interface within a sysctl's.
std::string sysctl_name(std::string interface) {
  std::ranges::replace(interface, '.', '/');
  return interface;
}

/// Locally administered, and never that of a real card.
MacAddress spare_of(const MacAddress& mac) {
  MacAddress spare = mac;
  spare[0] = static_cast<std::uint8_t>((mac[0] | 0x02U) & 0xFEU);
  spare[5] = static_cast<std::uint8_t>(mac[5] ^ 0xFFU);
  return spare;
}

}  // namespace

SilentArpFault::SilentArpFault(const FaultAction& fault, const LabFaultStage& stage)
    : wan_{*stage.plan.topology.wan(fault.wan)},
      isp_{stage.lab.network().node(wan_.isp.node)},
      sysctl_{fmt::format("net.ipv4.conf.{}.arp_ignore", sysctl_name(wan_.isp.interface))},
      table_{"ip6 wandrill_arp_" + wan_.name} {}

void SilentArpFault::apply() {
  before_ = read_sysctl(isp_.ns, sysctl_);
  write_sysctl(isp_.ns, sysctl_, kAnswerNobody);
  add_table(isp_.ns, table_,
            fmt::format("  chain questions {{\n"
                        "    type filter hook prerouting priority raw;\n"
                        "    iifname \"{}\" icmpv6 type nd-neighbor-solicit drop\n"
                        "  }}",
                        wan_.isp.interface));
  silent_ = true;
}

void SilentArpFault::undo() {
  write_sysctl(isp_.ns, sysctl_, before_);
  delete_table(isp_.ns, table_);
  silent_ = false;
}

std::string SilentArpFault::evidence() {
  const bool is_silent =
      read_sysctl(isp_.ns, sysctl_) == kAnswerNobody && has_table(isp_.ns, table_);
  if (is_silent != silent_) return "";
  return fmt::format("{} answers {} on {}", wan_.isp.node, silent_ ? "nobody" : "again", wan_.name);
}

NewMacFault::NewMacFault(const FaultAction& fault, const LabFaultStage& stage)
    : wan_{*stage.plan.topology.wan(fault.wan)},
      isp_{stage.lab.network().node(wan_.isp.node)},
      own_{mac_of(isp_.netlink, wan_.isp.interface)} {}

/// The kernel forgets its neighbours with the old address and would ask for them anew, which would
/// tell them of the new one: the spare knows whom its predecessor knew.
void NewMacFault::change_to(const MacAddress& mac) {
  const int interface = interface_index(isp_.netlink, wan_.isp.interface);
  const auto known = dump_neighbours(isp_.netlink, interface);
  set_mac(isp_.netlink, wan_.isp.interface, mac);
  for (const auto& neighbour : known)
    set_neighbour(isp_.netlink, interface, neighbour);
  wanted_ = mac;
}

void NewMacFault::apply() {
  change_to(spare_of(own_));
}

void NewMacFault::undo() {
  const auto name = sysctl_name(wan_.isp.interface);
  const Sysctl announce[]{{fmt::format("net.ipv4.conf.{}.arp_notify", name), "1"},
                          {fmt::format("net.ipv6.conf.{}.ndisc_notify", name), "1"}};
  std::vector<Sysctl> before;
  for (const auto& [sysctl, value] : announce)
    before.emplace_back(sysctl, read_sysctl(isp_.ns, sysctl));
  write_sysctls(isp_.ns, announce);
  change_to(own_);
  write_sysctls(isp_.ns, before);
}

std::string NewMacFault::evidence() {
  const auto mac = mac_of(isp_.netlink, wan_.isp.interface);
  if (mac != wanted_) return "";
  return fmt::format("{} is {:02x} on {}", wan_.isp.node, fmt::join(mac, ":"), wan_.name);
}

}  // namespace wandrill
