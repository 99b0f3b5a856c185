// SPDX-License-Identifier: Apache-2.0
#include "fault/lab_fault.hpp"

#include <stdexcept>

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

std::unique_ptr<LabFault> make_lab_fault(const FaultAction& fault, const LabFaultStage& stage) {
  switch (fault.kind) {
    case FaultKind::kWithdraw:
      return std::make_unique<WithdrawFault>(fault, stage);
    case FaultKind::kNatRebind:
      return std::make_unique<NatRebindFault>(fault, stage);
    case FaultKind::kArp:
      if (fault.lab.arp == ArpMode::kNewMac) return std::make_unique<NewMacFault>(fault, stage);
      return std::make_unique<SilentArpFault>(fault, stage);
    case FaultKind::kMtu:
      return std::make_unique<MtuFault>(fault, stage);
    case FaultKind::kMonitorTarget:
      return std::make_unique<MonitorTargetFault>(fault, stage);
    case FaultKind::kKill:
      return std::make_unique<KillFault>(fault, stage);
    case FaultKind::kStop:
      return std::make_unique<StopFault>(fault, stage);
    case FaultKind::kRestart:
      return std::make_unique<RestartFault>(fault, stage);
    case FaultKind::kExec:
      return std::make_unique<ExecFault>(fault, stage);
    case FaultKind::kDhcp:
      return std::make_unique<DhcpFault>(fault, stage);
    case FaultKind::kDns:
      return std::make_unique<DnsFault>(fault, stage);
    default:
      throw std::logic_error{"a fault of a link is none of the lab"};
  }
}

}  // namespace wandrill
