// SPDX-License-Identifier: Apache-2.0
#include "fault/dhcp_fault.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "net/link.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

/// A server that answers does so within milliseconds, and a question is asked again after that.
constexpr Nanos kSilence = 300ms;
constexpr Nanos kAskAgain = 1s;

Slot& slot_of(LiveLab& lab, const std::string& wan) {
  return *std::ranges::find(lab.network().slots(), wan, &Slot::wan);
}

DhcpSpot spot_of(const FaultAction& fault, const LabFaultStage& stage) {
  const auto& port = stage.plan.topology.wan(fault.wan)->router;
  return {.ns = slot_of(stage.lab, fault.wan).node.ns,
          .interface = Slot::kIspSide,
          .client = mac_of(stage.lab.network().node(port.node).netlink, port.interface)};
}

}  // namespace

DhcpFault::DhcpFault(const FaultAction& fault, const LabFaultStage& stage)
    : topology_{stage.plan.topology},
      service_{*topology_.service(ServiceKind::kDhcp, fault.wan)},
      value_{fault.lab},
      spot_{spot_of(fault, stage)},
      usual_{leased_address(service_, topology_)} {}

void DhcpFault::apply() {
  in_force_ = true;
  command_.emplace(command(true));
}

void DhcpFault::undo() {
  in_force_ = false;
  command_.emplace(command(false));
}

KeaCommand DhcpFault::command(bool broken) const {
  if (value_.mode == ServiceMode::kExpiry) return KeaCommand::set_listening(service_, !broken);
  // Without the fault, too, what the fault gave is refused: the router has it and must let it go.
  DhcpOffer offer{.given = usual_, .refused = value_.addresses};
  if (broken && value_.mode == ServiceMode::kNak) offer = {.given = {}, .refused = {usual_}};
  if (broken && value_.mode == ServiceMode::kNewAddress)
    offer = {.given = value_.addresses.front(), .refused = {usual_}};
  return KeaCommand::set_offer(service_, topology_, offer);
}

std::vector<DhcpFault::Trial> DhcpFault::trials() const {
  std::vector<Trial> trials;
  if (!in_force_) {
    trials.push_back({.asked = DhcpType::kDiscover, .wanted = DhcpType::kOffer, .given = usual_});
  } else if (value_.mode == ServiceMode::kExpiry) {
    trials.push_back({.asked = DhcpType::kDiscover});
  } else {
    trials.push_back({.asked = DhcpType::kRequest, .about = usual_, .wanted = DhcpType::kNak});
    if (value_.mode == ServiceMode::kNewAddress)
      trials.push_back({.asked = DhcpType::kDiscover,
                        .wanted = DhcpType::kOffer,
                        .given = value_.addresses.front()});
  }
  return trials;
}

bool DhcpFault::is_shown(Trial& trial) {
  if (!trial.exchange) trial.exchange.emplace(spot_, trial.asked, trial.about);
  const auto& reply = trial.exchange->poll();
  const auto waited = trial.exchange->waited();
  if (!trial.wanted && !reply) return waited >= kSilence;
  const bool shown = trial.wanted && reply && reply->type == *trial.wanted &&
                     (reply->type != DhcpType::kOffer || reply->address == trial.given);
  // What says otherwise may be from before the change; what was lost is asked again.
  if (!shown && (reply ? waited > kSilence : waited > kAskAgain)) trial.exchange.reset();
  return shown;
}

std::string DhcpFault::text() const {
  const auto& isp = topology_.wan(service_.on)->isp.node;
  if (!in_force_) return fmt::format("{} offers {}", isp, to_string(usual_));
  if (value_.mode == ServiceMode::kExpiry)
    return fmt::format("{} answers nothing within {}", isp, to_string(kSilence));
  auto refusal = fmt::format("{} refuses {} (DHCPNAK)", isp, to_string(usual_));
  if (value_.mode == ServiceMode::kNewAddress)
    refusal += fmt::format(" and offers {}", to_string(value_.addresses.front()));
  return refusal;
}

std::string DhcpFault::evidence() {
  if (command_) {
    if (!command_->is_done()) return "";
    command_.reset();
    trials_ = trials();
  }
  const auto open =
      std::ranges::count_if(trials_, [this](Trial& trial) { return !is_shown(trial); });
  if (open > 0) return "";
  for (auto& trial : trials_)
    trial.exchange.reset();
  return text();
}

}  // namespace wandrill
