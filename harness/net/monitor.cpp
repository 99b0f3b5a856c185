// SPDX-License-Identifier: Apache-2.0
#include "net/monitor.hpp"

#include <array>

#include <linux/fib_rules.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "base/ip_address.hpp"
#include "net/netlink.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kReadSize = 64UL * 1024UL;
constexpr int kKernelBuffer = 4 * 1024 * 1024;
constexpr std::array kGroups{RTNLGRP_LINK,        RTNLGRP_NEIGH,      RTNLGRP_IPV4_IFADDR,
                             RTNLGRP_IPV6_IFADDR, RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE,
                             RTNLGRP_IPV4_RULE,   RTNLGRP_IPV6_RULE,  RTNLGRP_NEXTHOP};

std::string address_text(std::uint8_t family,
                         const std::optional<std::span<const std::uint8_t>>& bytes) {
  if (!bytes) return {};
  if (family == AF_INET && bytes->size() >= 4)
    return to_string(IpAddress{Family::kIpv4, bytes->data()});
  if (family == AF_INET6 && bytes->size() >= 16)
    return to_string(IpAddress{Family::kIpv6, bytes->data()});
  return {};
}

void add_word(std::string& text, std::string_view word, std::string_view value) {
  if (!value.empty()) text += fmt::format(" {} {}", word, value);
}

std::string link_text(const NetlinkView& view) {
  const auto info = view.fixed<ifinfomsg>().value_or(ifinfomsg{});
  return fmt::format("{} {} {}", view.text(sizeof(ifinfomsg), IFLA_IFNAME),
                     (info.ifi_flags & IFF_UP) != 0 ? "up" : "down",
                     (info.ifi_flags & IFF_LOWER_UP) != 0 ? "carrier" : "no carrier");
}

std::string rule_text(const NetlinkView& view) {
  constexpr std::size_t kFixed = sizeof(fib_rule_hdr);
  const auto info = view.fixed<fib_rule_hdr>().value_or(fib_rule_hdr{});
  std::string text =
      fmt::format("{}:", view.value<std::uint32_t>(kFixed, FRA_PRIORITY).value_or(0));
  const auto source = address_text(info.family, view.find(kFixed, FRA_SRC));
  add_word(text, "from", source.empty() ? source : fmt::format("{}/{}", source, info.src_len));
  add_word(text, "iif", view.text(kFixed, FRA_IIFNAME));
  add_word(text, "oif", view.text(kFixed, FRA_OIFNAME));
  if (const auto mark = view.value<std::uint32_t>(kFixed, FRA_FWMARK))
    text += fmt::format(" fwmark {:#x}", *mark);
  const auto table = view.value<std::uint32_t>(kFixed, FRA_TABLE).value_or(info.table);
  return text + fmt::format(" lookup {}", table);
}

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

std::string NetworkMonitor::interface_name(std::uint32_t index) const {
  if (index == 0) return {};
  const auto found = names_.find(index);
  return found == names_.end() ? fmt::format("if{}", index) : found->second;
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
    case RTM_DELADDR: {
      const auto info = view.fixed<ifaddrmsg>().value_or(ifaddrmsg{});
      std::string text =
          fmt::format("{}/{}", address_text(info.ifa_family, view.find(sizeof info, IFA_ADDRESS)),
                      info.ifa_prefixlen);
      add_word(text, "dev", interface_name(info.ifa_index));
      add("address", view.type() == RTM_DELADDR, std::move(text));
      break;
    }
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
      add("route", view.type() == RTM_DELROUTE, route_text(view));
      break;
    case RTM_NEWRULE:
    case RTM_DELRULE:
      add("rule", view.type() == RTM_DELRULE, rule_text(view));
      break;
    case RTM_NEWNEXTHOP:
    case RTM_DELNEXTHOP: {
      const auto id = view.value<std::uint32_t>(sizeof(nhmsg), NHA_ID).value_or(0);
      add("nexthop", view.type() == RTM_DELNEXTHOP, fmt::format("id {}", id));
      break;
    }
    case RTM_NEWNEIGH:
    case RTM_DELNEIGH:
      add("neighbour", view.type() == RTM_DELNEIGH, neighbour_text(view));
      break;
    default:
      break;
  }
}

std::string NetworkMonitor::route_text(const NetlinkView& view) const {
  constexpr std::size_t kFixed = sizeof(rtmsg);
  const auto info = view.fixed<rtmsg>().value_or(rtmsg{});
  const auto destination = address_text(info.rtm_family, view.find(kFixed, RTA_DST));
  std::string text =
      destination.empty() ? "default" : fmt::format("{}/{}", destination, info.rtm_dst_len);
  add_word(text, "via", address_text(info.rtm_family, view.find(kFixed, RTA_GATEWAY)));
  add_word(text, "dev", interface_name(view.value<std::uint32_t>(kFixed, RTA_OIF).value_or(0)));
  const auto table = view.value<std::uint32_t>(kFixed, RTA_TABLE).value_or(info.rtm_table);
  if (table != RT_TABLE_MAIN) text += fmt::format(" table {}", table);
  if (const auto metric = view.value<std::uint32_t>(kFixed, RTA_PRIORITY))
    text += fmt::format(" metric {}", *metric);
  if (info.rtm_family == AF_INET6) text += " (ipv6)";
  return text;
}

std::string NetworkMonitor::neighbour_text(const NetlinkView& view) const {
  constexpr std::size_t kFixed = sizeof(ndmsg);
  const auto info = view.fixed<ndmsg>().value_or(ndmsg{});
  std::string text = address_text(info.ndm_family, view.find(kFixed, NDA_DST));
  add_word(text, "dev", interface_name(static_cast<std::uint32_t>(info.ndm_ifindex)));
  const char* state = (info.ndm_state & NUD_FAILED) != 0       ? "failed"
                      : (info.ndm_state & NUD_REACHABLE) != 0  ? "reachable"
                      : (info.ndm_state & NUD_INCOMPLETE) != 0 ? "incomplete"
                                                               : "known";
  return text + " " + state;
}

}  // namespace wandrill
