// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "fault/lab_fault.hpp"
#include "net/route.hpp"

namespace wandrill {

/// Beyond the ISP is a link with a smaller MTU: the ISP forwards larger packets no more. IPv4
/// without DF is fragmented (RFC 791); of everything else the sender is told (RFC 1191, RFC 8201),
/// or not: a path MTU black hole.
class MtuFault final : public LabFault {
 public:
  MtuFault(const FaultAction& fault, const LabFaultStage& stage);

  void apply() override;
  void undo() override;
  [[nodiscard]] std::string evidence() override;

 private:
  void plan_up(const TopologyPlan& topology);
  void plan_down(const TopologyPlan& topology);
  void plan_filter(const FaultAction& fault);
  [[nodiscard]] bool has_all();
  [[nodiscard]] bool has_any();

  const WanPlan& wan_;
  LiveNode& isp_;
  std::uint32_t mtu_;
  std::uint32_t up_table_;
  std::uint32_t down_table_;
  std::vector<Route> routes_;
  std::vector<Rule> rules_;
  std::string table_;
  std::string chains_;  ///< Empty: nothing to filter.
  bool narrow_ = false;
};

}  // namespace wandrill
