// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "fault/lab_fault.hpp"
#include "net/link.hpp"

namespace wandrill {

/// The ISP's gateway answers neither ARP (RFC 826) nor neighbour solicitations (RFC 4861): who
/// knows it still reaches it, who has to ask does not find it.
class SilentArpFault final : public LabFault {
 public:
  SilentArpFault(const FaultAction& fault, const LabFaultStage& stage);

  void apply() override;
  void undo() override;
  [[nodiscard]] std::string evidence() override;

 private:
  const WanPlan& wan_;
  LiveNode& isp_;
  std::string sysctl_;
  std::string table_;
  std::string before_;  ///< The sysctl's value.
  bool silent_ = false;
};

/// The gateway has another hardware address from one moment to the next, as when a spare takes
/// over, and tells nobody. Undone, it has its own again, and tells everybody.
class NewMacFault final : public LabFault {
 public:
  NewMacFault(const FaultAction& fault, const LabFaultStage& stage);

  void apply() override;
  void undo() override;
  [[nodiscard]] std::string evidence() override;

 private:
  void change_to(const MacAddress& mac);

  const WanPlan& wan_;
  LiveNode& isp_;
  MacAddress own_{};
  MacAddress wanted_{};
};

}  // namespace wandrill
