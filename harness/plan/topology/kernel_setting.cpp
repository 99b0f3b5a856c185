// SPDX-License-Identifier: Apache-2.0
#include "plan/topology/kernel_setting.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace wandrill {
namespace {

/// Below net., and yet of the whole machine; what ends with a dot stands for all below it.
constexpr std::array<std::string_view, 33> kOfTheMachine{"core.bpf_",
                                                         "core.busy_",
                                                         "core.default_qdisc",
                                                         "core.dev_weight",
                                                         "core.devconf_",
                                                         "core.fb_tunnels_",
                                                         "core.flow_limit_",
                                                         "core.gro_",
                                                         "core.high_order_",
                                                         "core.max_skb_frags",
                                                         "core.mem_pcpu_rsv",
                                                         "core.message_",
                                                         "core.netdev_",
                                                         "core.rmem_",
                                                         "core.rps_sock_flow_entries",
                                                         "core.skb_defer_max",
                                                         "core.warnings",
                                                         "core.wmem_",
                                                         "core.xfrm_",
                                                         "ipv4.cipso_",
                                                         "ipv4.fib_sync_mem",
                                                         "ipv4.inet_peer_",
                                                         "ipv4.route.",
                                                         "ipv4.tcp_max_orphans",
                                                         "ipv4.tcp_mem",
                                                         "ipv4.udp_mem",
                                                         "ipv6.calipso_",
                                                         "ipv6.mld_",
                                                         "ipv6.route.",
                                                         "netfilter.nf_conntrack_buckets",
                                                         "netfilter.nf_conntrack_expect_max",
                                                         "netfilter.nf_conntrack_max",
                                                         "nf_conntrack_max"};
/// Of those, what each namespace has all the same.
constexpr std::array<std::string_view, 2> kOfNamespaces{"ipv4.route.min_",
                                                        "ipv4.route.mtu_expires"};

bool begins_with_any(std::string_view text, const auto& list) {
  return std::ranges::any_of(list, [&](std::string_view start) { return text.starts_with(start); });
}

/// As the kernel's file names: "eth0/5" is the interface eth0.5.
std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts(1);
  for (const char octet : name) {
    if (octet == '.')
      parts.emplace_back();
    else
      parts.back() += octet == '/' ? '.' : octet;
  }
  return parts;
}

bool is_odd(const std::string& part) {
  return part.empty() || part == "." || part == ".." || !std::ranges::all_of(part, [](char octet) {
           return std::isprint(static_cast<unsigned char>(octet)) != 0 && octet != ' ';
         });
}

}  // namespace

std::string objection_to_setting(std::string_view name) {
  const auto parts = parts_of(name);
  if (std::ranges::any_of(parts, is_odd))
    return "is no name of a kernel setting: it has an empty part, a '..' or an unprintable one";
  if (parts.front() != "net" || parts.size() < 2)
    return "is a setting of the whole machine, which a drill must not touch: only those below net. "
           "are a router's";
  const auto below_net = name.substr(std::string_view{"net."}.size());
  if (begins_with_any(below_net, kOfTheMachine) && !begins_with_any(below_net, kOfNamespaces))
    return "is one setting of the whole machine, not one of each network namespace: a drill must "
           "not touch it";
  return "";
}

}  // namespace wandrill
