// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "fault/lab_fault.hpp"
#include "service/dns_exchange.hpp"

namespace wandrill {

/// A DNS server that does not answer, cannot find out, is slow, or lies. Its evidence are answers
/// to real questions: A and AAAA of the server's own name, at each of its addresses.
class DnsFault final : public LabFault {
 public:
  DnsFault(const FaultAction& fault, const LabFaultStage& stage);

  void apply() override;
  void undo() override;
  [[nodiscard]] std::string evidence() override;

 private:
  void ask();
  /// What the answers show is as it should be now; nothing while too little has come.
  [[nodiscard]] bool is_shown(DnsExchange& exchange);
  [[nodiscard]] std::vector<IpAddress> wanted(DnsType type) const;

  const ServerPlan& server_;
  const ServicePlan& service_;
  const NetNs& ns_;
  LabFaultValue value_;
  bool in_force_ = false;
  std::vector<DnsExchange> exchanges_;
};

}  // namespace wandrill
