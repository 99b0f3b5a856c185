// SPDX-License-Identifier: Apache-2.0
#include "net/htb.hpp"

#include <algorithm>
#include <cerrno>

#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace wandrill {
namespace {

constexpr std::uint32_t kRoot = 0x10000;    // "1:"
constexpr std::uint32_t kParent = 0x10001;  // "1:1"
constexpr std::uint32_t kVersion = 3;       // TC_HTB_PROTOVER's major
constexpr std::uint64_t kBitsPerByte = 8;
constexpr std::uint64_t kFrame = 1600;  // a full one and its headers
constexpr std::uint64_t kBurstMs = 5;   // what may go at once at a class's rate
constexpr int kTickShift = 6;           // psched ticks are 64 ns
constexpr std::uint16_t kCreate = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;

tcmsg about(int interface_index, std::uint32_t handle, std::uint32_t parent) {
  tcmsg target{};
  target.tcm_family = AF_UNSPEC;
  target.tcm_ifindex = interface_index;
  target.tcm_handle = handle;
  target.tcm_parent = parent;
  return target;
}

tc_ratespec rate_spec(std::uint64_t bytes_per_second) {
  tc_ratespec spec{};
  spec.rate = static_cast<std::uint32_t>(bytes_per_second);
  spec.linklayer = TC_LINKLAYER_ETHERNET;  // by the packet's length: no table is needed
  return spec;
}

/// How long the burst of a rate takes, in ticks.
std::uint32_t burst_ticks(std::uint64_t bytes_per_second) {
  const auto bytes = bytes_per_second * kBurstMs / 1000 + kFrame;
  return static_cast<std::uint32_t>((bytes * 1'000'000'000 / bytes_per_second) >> kTickShift);
}

NetlinkMessage htb_class(int interface_index, std::uint32_t parent, const HtbClass& one) {
  const auto rate = std::max<std::uint64_t>(one.rate / kBitsPerByte, 1);
  const auto ceiling = std::max<std::uint64_t>(one.ceiling / kBitsPerByte, rate);
  tc_htb_opt options{};
  options.rate = rate_spec(rate);
  options.ceil = rate_spec(ceiling);
  options.buffer = burst_ticks(rate);
  options.cbuffer = burst_ticks(ceiling);
  options.quantum = kFrame;
  options.prio = one.priority;
  NetlinkMessage message{RTM_NEWTCLASS, kCreate};
  message.fixed(about(interface_index, kRoot | one.minor, parent)).text(TCA_KIND, "htb");
  message.nest(TCA_OPTIONS,
               [&](NetlinkMessage& nested) { nested.attribute(TCA_HTB_PARMS, options); });
  return message;
}

NetlinkMessage htb_root(int interface_index, std::uint16_t fallback) {
  tc_htb_glob options{};
  options.version = kVersion;
  options.rate2quantum = 10;
  options.defcls = fallback;
  NetlinkMessage message{RTM_NEWQDISC, kCreate};
  message.fixed(about(interface_index, kRoot, TC_H_ROOT)).text(TCA_KIND, "htb");
  message.nest(TCA_OPTIONS,
               [&](NetlinkMessage& nested) { nested.attribute(TCA_HTB_INIT, options); });
  return message;
}

NetlinkMessage packet_queue(int interface_index, const HtbClass& one) {
  tc_fifo_qopt options{};
  options.limit = one.queue;
  NetlinkMessage message{RTM_NEWQDISC, kCreate};
  message.fixed(about(interface_index, std::uint32_t{one.minor} << 16U, kRoot | one.minor))
      .text(TCA_KIND, "pfifo");
  message.attribute(TCA_OPTIONS, options);
  return message;
}

}  // namespace

void replace_htb(Netlink& netlink, int interface_index, const HtbPlan& plan) {
  NetlinkMessage remove{RTM_DELQDISC, NLM_F_REQUEST | NLM_F_ACK};
  remove.fixed(about(interface_index, 0, TC_H_ROOT));
  // There is none of ours on a new port.
  static_cast<void>(netlink.try_request(std::move(remove), "remove a port's queue"));
  netlink.request(htb_root(interface_index, plan.fallback), "shape a port with htb");
  netlink.request(
      htb_class(interface_index, kRoot, {.minor = 1, .rate = plan.rate, .ceiling = plan.rate}),
      "limit a port's rate");
  for (const auto& one : plan.classes) {
    netlink.request(htb_class(interface_index, kParent, one), "make a class of a port");
    netlink.request(packet_queue(interface_index, one), "limit the queue of a class");
  }
}

}  // namespace wandrill
