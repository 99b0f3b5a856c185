// SPDX-License-Identifier: Apache-2.0
#include "fault/lab_fault.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "fault/arp_fault.hpp"
#include "fault/dhcp_fault.hpp"
#include "fault/dns_fault.hpp"
#include "fault/exec_fault.hpp"
#include "fault/kill_fault.hpp"
#include "fault/monitor_target_fault.hpp"
#include "fault/mtu_fault.hpp"
#include "fault/nat_rebind_fault.hpp"
#include "fault/restart_fault.hpp"
#include "fault/stop_fault.hpp"
#include "fault/withdraw_fault.hpp"

namespace wandrill {

// Those that have no header of their own.
std::unique_ptr<LabFault> make_admin_down_fault(const FaultAction& fault,
                                                const LabFaultStage& stage);

namespace {

using Maker = std::unique_ptr<LabFault> (*)(const FaultAction&, const LabFaultStage&);

template <typename Fault>
std::unique_ptr<LabFault> make(const FaultAction& fault, const LabFaultStage& stage) {
  return std::make_unique<Fault>(fault, stage);
}

std::unique_ptr<LabFault> make_arp_fault(const FaultAction& fault, const LabFaultStage& stage) {
  return fault.lab.arp == ArpMode::kNewMac ? make<NewMacFault>(fault, stage)
                                           : make<SilentArpFault>(fault, stage);
}

constexpr std::pair<FaultKind, Maker> kMakers[] = {
    {FaultKind::kWithdraw, make<WithdrawFault>},
    {FaultKind::kNatRebind, make<NatRebindFault>},
    {FaultKind::kMtu, make<MtuFault>},
    {FaultKind::kMonitorTarget, make<MonitorTargetFault>},
    {FaultKind::kKill, make<KillFault>},
    {FaultKind::kStop, make<StopFault>},
    {FaultKind::kRestart, make<RestartFault>},
    {FaultKind::kExec, make<ExecFault>},
    {FaultKind::kDhcp, make<DhcpFault>},
    {FaultKind::kDns, make<DnsFault>},
    {FaultKind::kArp, make_arp_fault},
    {FaultKind::kAdminDown, make_admin_down_fault}};

}  // namespace

std::unique_ptr<LabFault> make_lab_fault(const FaultAction& fault, const LabFaultStage& stage) {
  const auto found = std::ranges::find(kMakers, fault.kind, &std::pair<FaultKind, Maker>::first);
  if (found == std::end(kMakers)) throw std::logic_error{"a fault of a link is none of the lab"};
  return found->second(fault, stage);
}

}  // namespace wandrill
