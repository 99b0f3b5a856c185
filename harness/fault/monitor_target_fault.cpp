// SPDX-License-Identifier: Apache-2.0
#include "fault/monitor_target_fault.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "fault/nft_table.hpp"

namespace wandrill {

MonitorTargetFault::MonitorTargetFault(const FaultAction& fault, const LabFaultStage& stage)
    : server_{*std::ranges::find(stage.plan.topology.servers, fault.lab.server, &ServerPlan::name)},
      node_{stage.lab.network().node(server_.node)},
      table_{"inet wandrill_dead_" + server_.name} {}

void MonitorTargetFault::apply() {
  std::string drops;
  for (const auto& address : server_.addresses)
    drops += fmt::format("    {} daddr {} drop\n", address.family() == Family::kIpv4 ? "ip" : "ip6",
                         to_string(address));
  add_table(
      node_.ns, table_,
      fmt::format("  chain arriving {{\n    type filter hook prerouting priority raw;\n{}  }}",
                  drops));
  dead_ = true;
}

void MonitorTargetFault::undo() {
  delete_table(node_.ns, table_);
  dead_ = false;
}

std::string MonitorTargetFault::evidence() {
  if (has_table(node_.ns, table_) != dead_) return "";
  return fmt::format("{} {} what is sent to {}", server_.node, dead_ ? "drops" : "takes",
                     server_.name);
}

}  // namespace wandrill
