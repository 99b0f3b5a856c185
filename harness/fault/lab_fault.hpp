// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "lab/live_lab.hpp"
#include "lab/router.hpp"
#include "plan/plan.hpp"

namespace wandrill {

/// What faults that are no matter of a link act on.
struct LabFaultStage {
  const Plan& plan;
  LiveLab& lab;
  Router& router;
};

/// One fault of this kind, in force from apply() to undo(). The stage outlives it.
class LabFault {
 public:
  LabFault() = default;
  LabFault(const LabFault&) = delete;
  LabFault& operator=(const LabFault&) = delete;
  virtual ~LabFault() = default;

  /// Both act before they return and throw std::system_error or MachineError when they cannot.
  virtual void apply() = 0;
  virtual void undo() = 0;

  /// Evidence that what was done last (apply or undo) holds, looked for in the lab and not
  /// remembered: "no default route on isp_a"; empty while there is none yet. Asked every few
  /// milliseconds, so it must not wait. Throws MachineError when there never will be any.
  [[nodiscard]] virtual std::string evidence() = 0;

  /// The evidence did not come in time: nothing of it may go on.
  virtual void give_up() {}

  /// Evidence that has not come for this long will not come.
  [[nodiscard]] virtual Nanos patience() const { return std::chrono::seconds{5}; }
};

/// By the fault's kind; throws std::logic_error for one that is a matter of a link.
std::unique_ptr<LabFault> make_lab_fault(const FaultAction& fault, const LabFaultStage& stage);

}  // namespace wandrill
