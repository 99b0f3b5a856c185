// SPDX-License-Identifier: Apache-2.0
#include "net/address.hpp"

#include <fmt/format.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

namespace wandrill {

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

}  // namespace wandrill
