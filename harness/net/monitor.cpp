// SPDX-License-Identifier: Apache-2.0
#include "net/monitor.hpp"

#include <array>

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "net/netlink.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kReadSize = 64UL * 1024UL;
constexpr int kKernelBuffer = 4 * 1024 * 1024;
constexpr std::array kGroups{RTNLGRP_LINK,        RTNLGRP_NEIGH,      RTNLGRP_IPV4_IFADDR,
                             RTNLGRP_IPV6_IFADDR, RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE,
                             RTNLGRP_IPV4_RULE,   RTNLGRP_IPV6_RULE,  RTNLGRP_NEXTHOP};

}  // namespace

NetworkMonitor::NetworkMonitor(const NetNs& ns)
    : socket_{ns.run([] {
        return UniqueFd{
            check(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE),
                  "open a netlink socket")};
      })},
      buffer_(kReadSize) {
  // Forced where permitted; an ordinary user gets as much as the system allows.
  if (::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUFFORCE, &kKernelBuffer,
                   sizeof kKernelBuffer) != 0)
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &kKernelBuffer, sizeof kKernelBuffer);
  // Bound, or it hears nothing: to a broadcast, port 0 is the sender who is to be passed over.
  sockaddr_nl any{};
  any.nl_family = AF_NETLINK;
  check(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any),
        "watch network changes");
  for (const int group : kGroups)
    check(::setsockopt(socket_.get(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group),
          "watch network changes");
  Netlink names = Netlink::route(ns);
  NetlinkMessage all{RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP};
  all.fixed(ifinfomsg{});
  names.dump(std::move(all), "list interfaces", [this](const NetlinkView& view) {
    if (const auto info = view.fixed<ifinfomsg>())
      names_[static_cast<std::uint32_t>(info->ifi_index)] =
          view.text(sizeof(ifinfomsg), IFLA_IFNAME);
  });
}

std::vector<NetworkChange> NetworkMonitor::read() {
  std::vector<NetworkChange> changes;
  for (;;) {
    const auto size = ::recv(socket_.get(), buffer_.data(), buffer_.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == ENOBUFS) {
      changes.push_back({.kind = "overrun", .text = "the kernel dropped notices"});
      continue;
    }
    if (size <= 0) return changes;
    for_each_message(std::span{buffer_}.first(static_cast<std::size_t>(size)),
                     [&](const nlmsghdr& header, std::span<const std::uint8_t> body) {
                       take(NetlinkView{header.nlmsg_type, body}, changes);
                     });
  }
}

void NetworkMonitor::take(const NetlinkView& view, std::vector<NetworkChange>& changes) {
  const auto add = [&](const char* kind, bool removed, std::string text) {
    changes.push_back({kind, removed ? "delete" : "add", std::move(text)});
  };
  switch (view.type()) {
    case RTM_NEWLINK:
    case RTM_DELLINK:
      if (const auto info = view.fixed<ifinfomsg>())
        names_[static_cast<std::uint32_t>(info->ifi_index)] =
            view.text(sizeof(ifinfomsg), IFLA_IFNAME);
      add("link", view.type() == RTM_DELLINK, link_text(view));
      break;
    case RTM_NEWADDR:
    case RTM_DELADDR:
      add("address", view.type() == RTM_DELADDR, interface_address_text(view, names_));
      break;
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
      add("route", view.type() == RTM_DELROUTE, route_text(view, names_));
      break;
    case RTM_NEWRULE:
    case RTM_DELRULE:
      add("rule", view.type() == RTM_DELRULE, rule_text(view));
      break;
    case RTM_NEWNEXTHOP:
    case RTM_DELNEXTHOP:
      add("nexthop", view.type() == RTM_DELNEXTHOP, next_hop_text(view, names_));
      break;
    case RTM_NEWNEIGH:
    case RTM_DELNEIGH:
      add("neighbour", view.type() == RTM_DELNEIGH, neighbour_text(view, names_));
      break;
    default:
      break;
  }
}

}  // namespace wandrill
