// SPDX-License-Identifier: Apache-2.0
#include "fault/dns_fault.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/dns_server.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

/// A server that answers does so within a fraction of a millisecond.
constexpr Nanos kSilence = 300ms;
/// A question that has no answer after this and the server's delay is asked again: it may have been
/// on its way when the behaviour changed.
constexpr Nanos kAskAgain = 1s;

const ServerPlan& server_of(const TopologyPlan& topology, const std::string& name) {
  return *std::ranges::find(topology.servers, name, &ServerPlan::name);
}

std::string symptom_of(const LabFaultValue& value) {
  switch (value.mode) {
    case ServiceMode::kTimeout:
      return fmt::format("no answer within {}", to_string(kSilence));
    case ServiceMode::kServfail:
      return "SERVFAIL";
    case ServiceMode::kSlow:
      return fmt::format("answers after {} and more", to_string(value.delay));
    default:
      break;
  }
  std::vector<std::string> addresses;
  for (const auto& address : value.addresses)
    addresses.push_back(to_string(address));
  return fmt::format("{} for every name", fmt::join(addresses, " and "));
}

}  // namespace

DnsFault::DnsFault(const FaultAction& fault, const LabFaultStage& stage)
    : server_{server_of(stage.plan.topology, fault.lab.server)},
      service_{*stage.plan.topology.service(ServiceKind::kDns, fault.lab.server)},
      ns_{stage.lab.network().node(server_.node).ns},
      value_{fault.lab} {}

void DnsFault::apply() {
  set_dns_behaviour(service_, value_);
  in_force_ = true;
  ask();
}

void DnsFault::undo() {
  reset_dns_behaviour(service_);
  in_force_ = false;
  ask();
}

void DnsFault::ask() {
  exchanges_.clear();
  for (const auto& address : server_.addresses)
    for (const auto type : {DnsType::kA, DnsType::kAaaa})
      exchanges_.emplace_back(
          ns_, DnsQuery{.server = address, .name = dns_name(server_.name, service_), .type = type});
}

std::vector<IpAddress> DnsFault::wanted(DnsType type) const {
  std::vector<IpAddress> right;
  std::ranges::copy_if(
      in_force_ && value_.mode == ServiceMode::kHijack ? value_.addresses : server_.addresses,
      std::back_inserter(right),
      [type](const IpAddress& address) { return dns_type_of(address.family()) == type; });
  return right;
}

bool DnsFault::is_shown(DnsExchange& exchange) {
  const auto& answer = exchange.poll();
  const auto mode = value_.mode;
  if (in_force_ && mode == ServiceMode::kTimeout) return !answer && exchange.waited() >= kSilence;
  if (!answer) return false;
  if (in_force_ && mode == ServiceMode::kServfail) return answer->code == kDnsServfail;
  const bool is_late = mode == ServiceMode::kSlow && exchange.waited() >= value_.delay;
  return is_late == (in_force_ && mode == ServiceMode::kSlow) && answer->code == kDnsNoError &&
         answer->addresses == wanted(exchange.query().type);
}

std::string DnsFault::evidence() {
  const Nanos patience = kAskAgain + value_.delay;
  bool all_shown = true;
  for (auto& exchange : exchanges_) {
    const bool shown = is_shown(exchange);
    all_shown = all_shown && shown;
    const bool is_over = exchange.poll().has_value() || exchange.waited() > patience;
    // One that says otherwise may be from before the change.
    if (!shown && is_over) exchange = DnsExchange{ns_, exchange.query()};
  }
  if (!all_shown) return "";
  return fmt::format("{}: {}", dns_name(server_.name, service_),
                     in_force_ ? symptom_of(value_) : "answered as it should be");
}

}  // namespace wandrill
