// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "fault/lab_fault.hpp"
#include "service/dhcp_exchange.hpp"
#include "service/dhcp_server.hpp"

namespace wandrill {

/// An ISP's DHCP server that refuses, is silent, or has another address to give. Its evidence are
/// answers to real questions, asked on the line in the router's name.
class DhcpFault final : public LabFault {
 public:
  DhcpFault(const FaultAction& fault, const LabFaultStage& stage);

  void apply() override;
  void undo() override;
  [[nodiscard]] std::string evidence() override;

 private:
  /// A question and the answer that shows what is to be shown.
  struct Trial {
    DhcpType asked;
    IpAddress about;                 ///< Of a request.
    std::optional<DhcpType> wanted;  ///< Nothing: silence.
    IpAddress given;                 ///< Of an offer.
    std::optional<DhcpExchange> exchange;
  };

  [[nodiscard]] KeaCommand command(bool broken) const;
  [[nodiscard]] std::vector<Trial> trials() const;
  bool is_shown(Trial& trial);
  [[nodiscard]] std::string text() const;

  const TopologyPlan& topology_;
  const ServicePlan& service_;
  LabFaultValue value_;
  DhcpSpot spot_;
  IpAddress usual_;
  bool in_force_ = false;
  std::optional<KeaCommand> command_;
  std::vector<Trial> trials_;
};

}  // namespace wandrill
