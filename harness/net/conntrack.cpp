// SPDX-License-Identifier: Apache-2.0
#include "net/conntrack.hpp"

#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <sys/socket.h>

namespace wandrill {
namespace {

nfgenmsg about(std::optional<Family> family) {
  nfgenmsg info{};
  info.nfgen_family = AF_UNSPEC;
  if (family) info.nfgen_family = *family == Family::kIpv4 ? AF_INET : AF_INET6;
  // A deletion heeds the family only from version 1 on; version 0 flushes both.
  info.version = 1;
  return info;
}

NetlinkMessage conntrack_message(std::uint16_t action, std::uint16_t flags,
                                 std::optional<Family> family) {
  NetlinkMessage message{static_cast<std::uint16_t>((NFNL_SUBSYS_CTNETLINK << 8) | action),
                         static_cast<std::uint16_t>(NLM_F_REQUEST | flags)};
  message.fixed(about(family));
  return message;
}

}  // namespace

Conntrack::Conntrack(const NetNs& ns) : netlink_{ns, NETLINK_NETFILTER} {}

void Conntrack::flush(std::optional<Family> family) {
  netlink_.request(conntrack_message(IPCTNL_MSG_CT_DELETE, NLM_F_ACK, family),
                   "flush connection tracking");
}

std::size_t Conntrack::count(std::optional<Family> family) {
  std::size_t entries = 0;
  netlink_.dump(conntrack_message(IPCTNL_MSG_CT_GET, NLM_F_DUMP, family), "count connections",
                [&](const NetlinkView&) { ++entries; });
  return entries;
}

}  // namespace wandrill
