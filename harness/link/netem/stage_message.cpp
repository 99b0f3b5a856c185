// SPDX-License-Identifier: Apache-2.0
#include "link/netem/stage_message.hpp"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace wandrill {
namespace {

constexpr std::uint32_t kPrio = 0x10000;       // "1:"
constexpr std::uint32_t kFirstBand = 0x10001;  // "1:1"
constexpr std::uint32_t kNetem = 0x20000;      // "2:"
constexpr std::uint8_t kPlainBand = 1;         // counts from 0
constexpr std::uint32_t kFilterPriority = 1;

tcmsg about(int interface_index, std::uint32_t handle, std::uint32_t parent) {
  tcmsg target{};
  target.tcm_family = AF_UNSPEC;
  target.tcm_ifindex = interface_index;
  target.tcm_handle = handle;
  target.tcm_parent = parent;
  return target;
}

constexpr std::uint16_t kCreate = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;

}  // namespace

QdiscPlace stage_netem(int interface_index) {
  return {interface_index, kFirstBand, kNetem};
}

NetlinkMessage install_prio(int interface_index) {
  tc_prio_qopt options{};
  options.bands = 2;
  std::ranges::fill(options.priomap, kPlainBand);
  NetlinkMessage message{RTM_NEWQDISC, kCreate};
  message.fixed(about(interface_index, kPrio, TC_H_ROOT)).text(TCA_KIND, "prio");
  message.attribute(TCA_OPTIONS, options);
  return message;
}

NetlinkMessage install_filter(int interface_index, const std::vector<sock_filter>& program) {
  auto target = about(interface_index, 1, kPrio);
  target.tcm_info = TC_H_MAKE(kFilterPriority << 16U, htons(ETH_P_ALL));
  NetlinkMessage message{RTM_NEWTFILTER, kCreate};
  message.fixed(target).text(TCA_KIND, "bpf");
  message.nest(TCA_OPTIONS, [&](NetlinkMessage& options) {
    options.attribute(TCA_BPF_CLASSID, kFirstBand);
    options.attribute(TCA_BPF_OPS_LEN, static_cast<std::uint16_t>(program.size()));
    options.attribute(TCA_BPF_OPS, program.data(), program.size() * sizeof(sock_filter));
  });
  return message;
}

NetlinkMessage list_filters(int interface_index) {
  NetlinkMessage message{RTM_GETTFILTER, NLM_F_REQUEST | NLM_F_DUMP};
  message.fixed(about(interface_index, 0, kPrio));
  return message;
}

std::optional<std::vector<sock_filter>> read_filter(const NetlinkView& answer,
                                                    int interface_index) {
  const auto target = answer.fixed<tcmsg>();
  if (!target || target->tcm_ifindex != interface_index) return std::nullopt;
  const auto options = answer.find(sizeof(tcmsg), TCA_OPTIONS);
  if (answer.text(sizeof(tcmsg), TCA_KIND) != "bpf" || !options) return std::nullopt;
  const NetlinkView nested{answer.type(), *options};
  const auto bytes = nested.find(0, TCA_BPF_OPS);
  if (!bytes || nested.value<std::uint32_t>(0, TCA_BPF_CLASSID) != kFirstBand) return std::nullopt;
  std::vector<sock_filter> program(bytes->size() / sizeof(sock_filter));
  std::memcpy(program.data(), bytes->data(), program.size() * sizeof(sock_filter));
  return program;
}

}  // namespace wandrill
