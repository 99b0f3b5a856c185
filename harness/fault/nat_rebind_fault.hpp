// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "fault/lab_fault.hpp"

namespace wandrill {

/// The carrier's NAT forgets its customers' mappings and makes new ones: what the router sends over
/// IPv4 comes from another public address and other ports from now on, and what is sent to the old
/// ones is lost. Undone, the mappings change once more: the ISP forwards its customers' own
/// addresses again.
class NatRebindFault final : public LabFault {
 public:
  NatRebindFault(const FaultAction& fault, const LabFaultStage& stage);

  void apply() override;
  void undo() override;
  [[nodiscard]] std::string evidence() override;

 private:
  const WanPlan& wan_;
  LiveNode& isp_;
  std::string table_;
  std::string public_address_;
  bool rebound_ = false;
};

}  // namespace wandrill
