// SPDX-License-Identifier: Apache-2.0
#include "net/peers.hpp"

#include <algorithm>

#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace wandrill {
namespace {

std::string name_of(const std::vector<InterfacePeer>& interfaces, int index) {
  const auto found = std::ranges::find(interfaces, index, &InterfacePeer::index);
  return found == interfaces.end() ? "" : found->name;
}

}  // namespace

std::vector<InterfacePeer> peers_in(Netlink& netlink) {
  std::vector<InterfacePeer> found;
  std::vector<int> masters;
  NetlinkMessage links{RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP};
  links.fixed(ifinfomsg{});
  netlink.dump(std::move(links), "list the interfaces", [&](const NetlinkView& answer) {
    const auto info = answer.fixed<ifinfomsg>();
    if (!info) return;
    found.push_back({.index = info->ifi_index,
                     .name = std::string{answer.text(sizeof *info, IFLA_IFNAME)},
                     .master = {},
                     .peer = answer.value<int>(sizeof *info, IFLA_LINK).value_or(0),
                     .nsid = answer.value<int>(sizeof *info, IFLA_LINK_NETNSID)});
    masters.push_back(answer.value<int>(sizeof *info, IFLA_MASTER).value_or(0));
  });
  for (std::size_t i = 0; i < found.size(); ++i)
    found[i].master = name_of(found, masters[i]);
  std::ranges::sort(found, {}, &InterfacePeer::index);
  return found;
}

std::optional<int> nsid_of(Netlink& netlink, const NetNs& other) {
  NetlinkMessage message{RTM_GETNSID, NLM_F_REQUEST};
  message.fixed(rtgenmsg{.rtgen_family = AF_UNSPEC});
  message.attribute(NETNSA_FD, static_cast<std::uint32_t>(other.fd()));
  std::optional<int> id;
  netlink.dump(std::move(message), "look for a network namespace", [&](const NetlinkView& answer) {
    id = answer.value<int>(NLMSG_ALIGN(sizeof(rtgenmsg)), NETNSA_NSID);
  });
  return id && *id >= 0 ? id : std::nullopt;
}

}  // namespace wandrill
