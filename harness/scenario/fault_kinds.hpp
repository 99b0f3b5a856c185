// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>

namespace wandrill {

enum class FaultKind : std::uint8_t {
  // On a WAN link.
  kCarrier,
  kFarEnd,
  kBlackhole,
  kLoss,
  kDelay,
  kJitter,
  kRate,
  kReorder,
  kDuplicate,
  kCorrupt,
  kFlap,
  kBrownout,
  // On the ISP of a WAN.
  kWithdraw,
  kNatRebind,
  kArp,
  kMtu,
  kDhcp,
  // On the router's port of a WAN.
  kAdminDown,
  // On a server.
  kMonitorTarget,
  kDns,
  // On the router.
  kKill,
  kStop,
  kRestart,
  kExec
};

/// Every kind of fault as scenarios and plans have it.
inline constexpr std::pair<FaultKind, std::string_view> kFaultWords[] = {
    {FaultKind::kCarrier, "carrier"},
    {FaultKind::kFarEnd, "far_end"},
    {FaultKind::kBlackhole, "blackhole"},
    {FaultKind::kLoss, "loss"},
    {FaultKind::kDelay, "delay"},
    {FaultKind::kJitter, "jitter"},
    {FaultKind::kRate, "rate"},
    {FaultKind::kReorder, "reorder"},
    {FaultKind::kDuplicate, "duplicate"},
    {FaultKind::kCorrupt, "corrupt"},
    {FaultKind::kFlap, "flap"},
    {FaultKind::kBrownout, "brownout"},
    {FaultKind::kWithdraw, "withdraw"},
    {FaultKind::kNatRebind, "nat_rebind"},
    {FaultKind::kArp, "arp"},
    {FaultKind::kMtu, "mtu"},
    {FaultKind::kMonitorTarget, "monitor_target"},
    {FaultKind::kKill, "kill"},
    {FaultKind::kStop, "stop"},
    {FaultKind::kRestart, "restart"},
    {FaultKind::kExec, "exec"},
    {FaultKind::kDhcp, "dhcp"},
    {FaultKind::kDns, "dns"},
    {FaultKind::kAdminDown, "admin_down"},
};

}  // namespace wandrill
