// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>

#include "plan/faults/fault_info.hpp"
#include "plan/words.hpp"

namespace wandrill {

// Each stands in a file of its own, or in that of its family.
FaultInfo carrier_fault();
FaultInfo far_end_fault();
FaultInfo blackhole_fault();
FaultInfo loss_fault();
FaultInfo delay_fault();
FaultInfo jitter_fault();
FaultInfo rate_fault();
FaultInfo flap_fault();
FaultInfo brownout_fault();
FaultInfo reorder_fault();
FaultInfo duplicate_fault();
FaultInfo corrupt_fault();
FaultInfo withdraw_fault();
FaultInfo nat_rebind_fault();
FaultInfo arp_fault();
FaultInfo mtu_fault();
FaultInfo admin_down_fault();
FaultInfo monitor_target_fault();
FaultInfo dns_fault();
FaultInfo dhcp_fault();
FaultInfo kill_fault();
FaultInfo stop_fault();
FaultInfo restart_fault();
FaultInfo exec_fault();

std::span<const FaultInfo> fault_infos() {
  // In the order in which messages name the owners of a key.
  static const std::vector<FaultInfo> infos{
      // On a WAN link.
      carrier_fault(), far_end_fault(), blackhole_fault(), loss_fault(), delay_fault(),
      jitter_fault(), rate_fault(), flap_fault(), brownout_fault(), reorder_fault(),
      duplicate_fault(), corrupt_fault(),
      // On the ISP of a WAN, or on a server.
      withdraw_fault(), nat_rebind_fault(), arp_fault(), mtu_fault(), admin_down_fault(),
      monitor_target_fault(), dns_fault(), dhcp_fault(),
      // On the router.
      kill_fault(), stop_fault(), restart_fault(), exec_fault()};
  return infos;
}

const FaultInfo& info_of(FaultKind kind) {
  const auto infos = fault_infos();
  const auto found = std::ranges::find(infos, kind, &FaultInfo::kind);
  assert(found != infos.end());
  return *found;
}

bool takes_key(FaultKind kind, std::string_view key) {
  const auto& keys = info_of(kind).keys;
  return std::ranges::find(keys, key, &UsedKey::key) != keys.end();
}

std::string_view to_string(FaultKind kind) {
  return word_of(kind);
}

FaultTarget target_of(FaultKind kind) {
  return info_of(kind).target;
}

bool takes_wan_away(const FaultAction& fault) {
  const auto& info = info_of(fault.kind);
  // What spares some packets leaves a WAN that can be of use.
  return fault.filter.empty() && info.takes_wan_away != nullptr && info.takes_wan_away(fault);
}

bool is_momentary(const FaultAction& fault) {
  const auto& info = info_of(fault.kind);
  return info.is_momentary != nullptr && info.is_momentary(fault);
}

}  // namespace wandrill
