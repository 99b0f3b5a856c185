// SPDX-License-Identifier: Apache-2.0
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

#include "doctor/probes.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"

namespace wandrill {
namespace {

constexpr int kLoopback = 1;
constexpr std::uint32_t kBytesPerSecond = 1'000'000;
constexpr std::uint32_t kBurst = 10'000;

using Fill = void (*)(NetlinkMessage&);

void fill_nothing(NetlinkMessage&) {}

void fill_prio(NetlinkMessage& message) {
  tc_prio_qopt options{};
  options.bands = 3;
  for (auto& band : options.priomap)
    band = 1;
  message.attribute(TCA_OPTIONS, options);
}

void fill_htb(NetlinkMessage& message) {
  message.nest(TCA_OPTIONS, [](NetlinkMessage& options) {
    tc_htb_glob global{};
    global.version = 3;
    global.rate2quantum = 10;
    options.attribute(TCA_HTB_INIT, global);
  });
}

void fill_tbf(NetlinkMessage& message) {
  message.nest(TCA_OPTIONS, [](NetlinkMessage& options) {
    tc_tbf_qopt bucket{};
    bucket.rate.rate = kBytesPerSecond;
    bucket.rate.linklayer = TC_LINKLAYER_ETHERNET;
    bucket.limit = 2 * kBurst;
    bucket.buffer = kBurst;
    options.attribute(TCA_TBF_PARMS, bucket);
    options.attribute(TCA_TBF_BURST, kBurst);
  });
}

void fill_pfifo(NetlinkMessage& message) {
  message.attribute(TCA_OPTIONS, tc_fifo_qopt{.limit = 100});
}

/// Installs the queue on the loopback interface of a namespace of its own.
Tried try_queue(const char* kind, std::uint32_t parent, std::uint32_t handle, Fill fill) {
  const NetNs scratch = NetNs::create();
  auto netlink = Netlink::route(scratch);
  tcmsg target{};
  target.tcm_family = AF_UNSPEC;
  target.tcm_ifindex = kLoopback;
  target.tcm_parent = parent;
  target.tcm_handle = handle;
  NetlinkMessage message{RTM_NEWQDISC, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL};
  message.fixed(target).text(TCA_KIND, kind);
  fill(message);
  return judged(netlink.try_request(std::move(message), "try a queue"));
}

Probe root_queue(const char* kind, Fill fill = fill_nothing) {
  constexpr std::uint32_t kHandle = 0x10000;
  return {kind, [=] { return try_queue(kind, TC_H_ROOT, kHandle, fill); }};
}

Probe port_queue(const char* kind, std::uint32_t parent) {
  constexpr std::uint32_t kHandle = 0xffff0000;
  return {kind, [=] { return try_queue(kind, parent, kHandle, fill_nothing); }};
}

}  // namespace

std::vector<Probe> queue_probes() {
  return {root_queue("prio", fill_prio),
          root_queue("htb", fill_htb),
          root_queue("tbf", fill_tbf),
          root_queue("fq"),
          root_queue("fq_codel"),
          root_queue("pfifo", fill_pfifo),
          port_queue("ingress", TC_H_INGRESS),
          port_queue("clsact", TC_H_CLSACT)};
}

}  // namespace wandrill
