// SPDX-License-Identifier: Apache-2.0
#include "net/change_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <linux/fib_rules.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "base/ip_address.hpp"

namespace wandrill {
namespace {

std::string interface_name(const InterfaceNames& names, std::uint32_t index) {
  if (index == 0) return {};
  const auto found = names.find(index);
  return found == names.end() ? fmt::format("if{}", index) : found->second;
}

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

/// How ip-route(8) calls a route that is not unicast, with a space behind it.
std::string_view type_word(std::uint8_t type) {
  switch (type) {
    case RTN_LOCAL:
      return "local ";
    case RTN_BROADCAST:
      return "broadcast ";
    case RTN_ANYCAST:
      return "anycast ";
    case RTN_MULTICAST:
      return "multicast ";
    case RTN_BLACKHOLE:
      return "blackhole ";
    case RTN_UNREACHABLE:
      return "unreachable ";
    case RTN_PROHIBIT:
      return "prohibit ";
    default:
      return "";
  }
}

std::string state_words(unsigned flags) {
  return std::string{(flags & RTNH_F_DEAD) != 0 ? " dead" : ""} +
         ((flags & RTNH_F_LINKDOWN) != 0 ? " linkdown" : "");
}

/// The gateway of a route or of one of its next hops: RTA_VIA is one of the other family (IPv4 via
/// IPv6, RFC 8950).
std::string gateway_text(std::uint8_t family, std::span<const std::uint8_t> attributes) {
  if (const auto via = find_attribute(attributes, RTA_VIA); via && via->size() > sizeof(rtvia))
    return address_text((*via)[0], via->subspan(sizeof(rtvia)));
  return address_text(family, find_attribute(attributes, RTA_GATEWAY));
}

/// Shows each next hop of a multipath route to `each`(its fixed part, its attributes).
template <typename Each>
void for_each_next_hop(std::span<const std::uint8_t> hops, Each&& each) {
  while (hops.size() >= sizeof(rtnexthop)) {
    rtnexthop hop{};
    std::memcpy(&hop, hops.data(), sizeof hop);
    if (hop.rtnh_len < sizeof hop || hop.rtnh_len > hops.size()) return;
    each(hop, hops.subspan(sizeof hop, hop.rtnh_len - sizeof hop));
    hops = hops.subspan(std::min<std::size_t>(RTNH_ALIGN(hop.rtnh_len), hops.size()));
  }
}

}  // namespace

std::string link_text(const NetlinkView& view) {
  const auto info = view.fixed<ifinfomsg>().value_or(ifinfomsg{});
  return fmt::format("{} {} {}", view.text(sizeof(ifinfomsg), IFLA_IFNAME),
                     (info.ifi_flags & IFF_UP) != 0 ? "up" : "down",
                     (info.ifi_flags & IFF_LOWER_UP) != 0 ? "carrier" : "no carrier");
}

std::string interface_address_text(const NetlinkView& view, const InterfaceNames& names) {
  const auto info = view.fixed<ifaddrmsg>().value_or(ifaddrmsg{});
  std::string text =
      fmt::format("{}/{}", address_text(info.ifa_family, view.find(sizeof info, IFA_ADDRESS)),
                  info.ifa_prefixlen);
  add_word(text, "dev", interface_name(names, info.ifa_index));
  return text;
}

std::string route_text(const NetlinkView& view, const InterfaceNames& names) {
  constexpr std::size_t kFixedSize = sizeof(rtmsg);
  const auto info = view.fixed<rtmsg>().value_or(rtmsg{});
  const auto destination = address_text(info.rtm_family, view.find(kFixedSize, RTA_DST));
  std::string text{type_word(info.rtm_type)};
  text += destination.empty() ? "default" : fmt::format("{}/{}", destination, info.rtm_dst_len);
  add_word(text, "via", gateway_text(info.rtm_family, view.attributes(kFixedSize)));
  add_word(text, "dev",
           interface_name(names, view.value<std::uint32_t>(kFixedSize, RTA_OIF).value_or(0)));
  const auto table = view.value<std::uint32_t>(kFixedSize, RTA_TABLE).value_or(info.rtm_table);
  if (table != RT_TABLE_MAIN) text += fmt::format(" table {}", table);
  if (const auto metric = view.value<std::uint32_t>(kFixedSize, RTA_PRIORITY))
    text += fmt::format(" metric {}", *metric);
  if (const auto id = view.value<std::uint32_t>(kFixedSize, RTA_NH_ID))
    text += fmt::format(" nhid {}", *id);
  text += state_words(info.rtm_flags);
  if (const auto hops = view.find(kFixedSize, RTA_MULTIPATH))
    for_each_next_hop(*hops, [&](const rtnexthop& hop, std::span<const std::uint8_t> attributes) {
      text += " nexthop";
      add_word(text, "via", gateway_text(info.rtm_family, attributes));
      add_word(text, "dev", interface_name(names, static_cast<std::uint32_t>(hop.rtnh_ifindex)));
      text += state_words(hop.rtnh_flags);
    });
  if (info.rtm_family == AF_INET6) text += " (ipv6)";
  return text;
}

std::string rule_text(const NetlinkView& view) {
  constexpr std::size_t kFixedSize = sizeof(fib_rule_hdr);
  const auto info = view.fixed<fib_rule_hdr>().value_or(fib_rule_hdr{});
  std::string text =
      fmt::format("{}:", view.value<std::uint32_t>(kFixedSize, FRA_PRIORITY).value_or(0));
  const auto source = address_text(info.family, view.find(kFixedSize, FRA_SRC));
  add_word(text, "from", source.empty() ? source : fmt::format("{}/{}", source, info.src_len));
  add_word(text, "iif", view.text(kFixedSize, FRA_IIFNAME));
  add_word(text, "oif", view.text(kFixedSize, FRA_OIFNAME));
  if (const auto mark = view.value<std::uint32_t>(kFixedSize, FRA_FWMARK))
    text += fmt::format(" fwmark {:#x}", *mark);
  if (info.action == FR_ACT_BLACKHOLE) return text + " blackhole";
  if (info.action == FR_ACT_UNREACHABLE) return text + " unreachable";
  if (info.action == FR_ACT_PROHIBIT) return text + " prohibit";
  const auto table = view.value<std::uint32_t>(kFixedSize, FRA_TABLE).value_or(info.table);
  return text + fmt::format(" lookup {}", table);
}

std::string next_hop_text(const NetlinkView& view, const InterfaceNames& names) {
  constexpr std::size_t kFixedSize = sizeof(nhmsg);
  const auto info = view.fixed<nhmsg>().value_or(nhmsg{});
  std::string text =
      fmt::format("id {}", view.value<std::uint32_t>(kFixedSize, NHA_ID).value_or(0));
  if (const auto group = view.find(kFixedSize, NHA_GROUP)) {
    text += " group";
    for (auto rest = *group; rest.size() >= sizeof(nexthop_grp);
         rest = rest.subspan(sizeof(nexthop_grp))) {
      nexthop_grp member{};
      std::memcpy(&member, rest.data(), sizeof member);
      text += fmt::format(" {}", member.id);
    }
  }
  add_word(text, "via", address_text(info.nh_family, view.find(kFixedSize, NHA_GATEWAY)));
  add_word(text, "dev",
           interface_name(names, view.value<std::uint32_t>(kFixedSize, NHA_OIF).value_or(0)));
  return text + state_words(info.nh_flags);
}

std::string neighbour_text(const NetlinkView& view, const InterfaceNames& names) {
  constexpr std::size_t kFixedSize = sizeof(ndmsg);
  const auto info = view.fixed<ndmsg>().value_or(ndmsg{});
  std::string text = address_text(info.ndm_family, view.find(kFixedSize, NDA_DST));
  add_word(text, "dev", interface_name(names, static_cast<std::uint32_t>(info.ndm_ifindex)));
  const char* state = (info.ndm_state & NUD_FAILED) != 0       ? "failed"
                      : (info.ndm_state & NUD_REACHABLE) != 0  ? "reachable"
                      : (info.ndm_state & NUD_INCOMPLETE) != 0 ? "incomplete"
                                                               : "known";
  return text + " " + state;
}

}  // namespace wandrill
