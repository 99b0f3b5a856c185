// SPDX-License-Identifier: Apache-2.0
#include "net/address.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

namespace wandrill {
namespace {

/// An IPv4 address of a point-to-point interface has the other end's in IFA_ADDRESS.
std::optional<IpPrefix> prefix_of(const NetlinkView& answer, const ifaddrmsg& info) {
  const Family family = info.ifa_family == AF_INET ? Family::kIpv4 : Family::kIpv6;
  auto bytes = answer.find(sizeof info, IFA_LOCAL);
  if (!bytes) bytes = answer.find(sizeof info, IFA_ADDRESS);
  const std::size_t size = family == Family::kIpv4 ? 4 : 16;
  if (!bytes || bytes->size() < size) return std::nullopt;
  return IpPrefix{IpAddress{family, bytes->data()}, info.ifa_prefixlen};
}

}  // namespace

void add_address(Netlink& netlink, int interface_index, const IpPrefix& address) {
  ifaddrmsg info{};
  info.ifa_family = address.address.family() == Family::kIpv4 ? AF_INET : AF_INET6;
  info.ifa_prefixlen = address.length;
  info.ifa_flags = IFA_F_NODAD;
  info.ifa_index = static_cast<std::uint32_t>(interface_index);
  NetlinkMessage message{RTM_NEWADDR, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL};
  message.fixed(info);
  message.attribute(IFA_LOCAL, address.address.data(), address.address.size());
  message.attribute(IFA_ADDRESS, address.address.data(), address.address.size());
  netlink.request(std::move(message), fmt::format("add address {}", to_string(address)));
}

std::vector<InterfaceAddresses> addresses_in(Netlink& netlink) {
  std::vector<InterfaceAddresses> found;
  NetlinkMessage links{RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP};
  links.fixed(ifinfomsg{});
  netlink.dump(std::move(links), "list the interfaces", [&](const NetlinkView& answer) {
    if (const auto info = answer.fixed<ifinfomsg>())
      found.push_back({info->ifi_index, std::string{answer.text(sizeof *info, IFLA_IFNAME)}, {}});
  });
  NetlinkMessage addresses{RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP};
  addresses.fixed(ifaddrmsg{});
  netlink.dump(std::move(addresses), "list the addresses", [&](const NetlinkView& answer) {
    const auto info = answer.fixed<ifaddrmsg>();
    if (!info || info->ifa_scope == RT_SCOPE_LINK) return;
    const auto owner =
        std::ranges::find(found, static_cast<int>(info->ifa_index), &InterfaceAddresses::index);
    const auto prefix = prefix_of(answer, *info);
    if (owner != found.end() && prefix) owner->addresses.push_back(*prefix);
  });
  return found;
}

}  // namespace wandrill
