// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <set>
#include <string>
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// Why the router changed the WAN, as far as the timeline tells: at most one of the two.
struct Cause {
  bool is_failover = true;
  const FaultRecord* fault = nullptr;  ///< A fault fled, or a restore (or a flap's pause) answered.
  const CommandRecord* command = nullptr;
};

/// Matches switches, in order of time, to what the timeline did.
class CauseFinder {
 public:
  explicit CauseFinder(const RunIndex& run) : run_{run} {}

  /// A switch away from a WAN with a fault in force (or one restored less than 3 s ago that saw no
  /// failover yet) is a failover that answers it; one to a better WAN a failback, answering its
  /// restore. A command of the last 5 s explains either. The rest has no cause.
  Cause of(const WanSwitch& one);

 private:
  [[nodiscard]] const CommandRecord* command_before(RunInstant at);
  [[nodiscard]] const FaultRecord* fault_fled(const WanSwitch& one, bool to_better);
  [[nodiscard]] const FaultRecord* restore_answered(const WanSwitch& one) const;

  const RunIndex& run_;
  std::set<std::string> used_commands_;
  std::set<std::string> used_faults_;
};

/// Faults that called for a failover, hit the WAN in use while another was usable, and saw no
/// switch away from it before they were restored.
std::vector<const FaultRecord*> missed_faults(const RunIndex& run);

}  // namespace wandrill
