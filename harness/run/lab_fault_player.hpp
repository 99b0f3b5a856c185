// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/patience.hpp"
#include "base/task_group.hpp"
#include "fault/lab_fault.hpp"
#include "run/context.hpp"

namespace wandrill {

/// Plays the faults that are no matter of a link, and records each in its three instants as
/// FaultPlayer does for links: requested, applied, observed (evidence seen in the lab).
class LabFaultPlayer {
 public:
  /// `tasks`: proofs run in it, and end with it.
  LabFaultPlayer(const RunContext& context, const LabFaultStage& stage, TaskGroup& tasks);

  void apply(const FaultAction& fault, RunInstant due);
  /// Undoes those of the action's faults that it has in force.
  void restore(const RestoreAction& action, RunInstant due);

 private:
  struct Change {
    FaultEvent event;                 ///< Without instant and time.
    std::shared_ptr<LabFault> fault;  ///< Shared: its proof may outlast its time in force.
    int number = 0;
  };

  void carry_out(Change change);
  boost::asio::awaitable<void> prove(Change change, RunInstant applied, Patience patience);

  const RunContext& context_;
  LabFaultStage stage_;
  TaskGroup& tasks_;
  std::map<std::string, Change> in_force_;  ///< By the fault's id.
  std::map<const LabFault*, int> changes_;  ///< A proof ends when its change is no longer the last.
};

}  // namespace wandrill
