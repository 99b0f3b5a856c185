// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>

#include "net/route.hpp"

namespace wandrill {
namespace {

std::uint8_t kernel_family(Family family) {
  return family == Family::kIpv4 ? AF_INET : AF_INET6;
}

NetlinkMessage rule_message(const Rule& rule, std::uint16_t type, std::uint16_t flags) {
  fib_rule_hdr info{};
  info.family = kernel_family(rule.family);
  info.src_len = rule.from ? rule.from->length : 0;
  info.action = rule.blackhole ? FR_ACT_BLACKHOLE : FR_ACT_TO_TBL;
  NetlinkMessage message{type, flags};
  message.fixed(info);
  message.attribute(FRA_PRIORITY, rule.priority);
  if (rule.from) message.attribute(FRA_SRC, rule.from->address.data(), rule.from->address.size());
  if (!rule.iif.empty()) message.text(FRA_IIFNAME, rule.iif);
  if (!rule.oif.empty()) message.text(FRA_OIFNAME, rule.oif);
  if (rule.mark_mask != 0) {
    message.attribute(FRA_FWMARK, rule.mark);
    message.attribute(FRA_FWMASK, rule.mark_mask);
  }
  if (!rule.blackhole) message.attribute(FRA_TABLE, rule.table);
  return message;
}

}  // namespace

void add_rule(Netlink& netlink, const Rule& rule) {
  constexpr std::uint16_t kFlags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
  netlink.request(rule_message(rule, RTM_NEWRULE, kFlags), "add rule " + to_string(rule));
}

void delete_rule(Netlink& netlink, const Rule& rule) {
  netlink.request(rule_message(rule, RTM_DELRULE, NLM_F_REQUEST | NLM_F_ACK),
                  "delete rule " + to_string(rule));
}

std::vector<Rule> dump_rules(Netlink& netlink, Family family) {
  std::vector<Rule> rules;
  fib_rule_hdr info{};
  info.family = kernel_family(family);
  NetlinkMessage message{RTM_GETRULE, NLM_F_REQUEST | NLM_F_DUMP};
  message.fixed(info);
  netlink.dump(std::move(message), "list rules", [&](const NetlinkView& view) {
    constexpr std::size_t kFixedSize = sizeof(fib_rule_hdr);
    const auto fixed = view.fixed<fib_rule_hdr>();
    if (!fixed) return;
    Rule rule{.family = family};
    rule.priority = view.value<std::uint32_t>(kFixedSize, FRA_PRIORITY).value_or(0);
    const auto from = view.find(kFixedSize, FRA_SRC);
    if (from && from->size() >= (family == Family::kIpv4 ? 4U : 16U))
      rule.from = IpPrefix{IpAddress{family, from->data()}, fixed->src_len};
    rule.iif = view.text(kFixedSize, FRA_IIFNAME);
    rule.oif = view.text(kFixedSize, FRA_OIFNAME);
    rule.mark = view.value<std::uint32_t>(kFixedSize, FRA_FWMARK).value_or(0);
    rule.mark_mask = view.value<std::uint32_t>(kFixedSize, FRA_FWMASK).value_or(0);
    rule.blackhole = fixed->action == FR_ACT_BLACKHOLE;
    if (!rule.blackhole)
      rule.table = view.value<std::uint32_t>(kFixedSize, FRA_TABLE).value_or(fixed->table);
    rules.push_back(std::move(rule));
  });
  return rules;
}

std::string to_string(const Rule& rule) {
  std::string text = fmt::format("{} {}:", to_string(rule.family), rule.priority);
  if (rule.from) text += " from " + to_string(*rule.from);
  if (!rule.iif.empty()) text += " iif " + rule.iif;
  if (!rule.oif.empty()) text += " oif " + rule.oif;
  if (rule.mark_mask != 0) text += fmt::format(" fwmark {:#x}/{:#x}", rule.mark, rule.mark_mask);
  return text + (rule.blackhole ? " blackhole" : fmt::format(" lookup {}", rule.table));
}

}  // namespace wandrill
