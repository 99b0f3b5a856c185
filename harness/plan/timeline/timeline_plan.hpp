// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plan/faults/fault_plan.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {

/// Undoes faults.
struct RestoreAction {
  std::string id;  ///< Unique, as for faults.
  std::string label;
  std::vector<std::string> faults;  ///< Fault ids.
};

/// Runs one of the router profile's commands.
struct CommandAction {
  std::string id;
  std::string label;
  std::string command;  ///< Name within RouterPlan::commands.
  /// One that has not ended by then is killed, and the run fails.
  Nanos deadline = defaults::kCommandDeadline;
};

/// Something about the running lab that can be waited for or expected.
struct Condition {
  enum class Kind : std::uint8_t {
    kEgress,   ///< Traffic of every session leaves by `wan`.
    kFlowing,  ///< The flows of `session` (or all, if empty) arrive without loss.
    kLog,  ///< The router's log has a line that `pattern` matches (searched from the step's start).
    kAlert,  ///< A monitor was told something that `pattern` matches.
    kSilent  ///< Of `session` (or all, if empty) a flow receives nothing.
  };
  Kind kind = Kind::kEgress;
  std::string wan;
  std::string session;  ///< A session, a group or a flow; empty: all.
  std::string pattern;
  std::string channel;  ///< Of kAlert: as AlertEvent has it; empty: any.
};

/// When a step acts: at an instant of the timeline, a time after the step before, or once a
/// condition holds.
struct AtTime {
  Nanos at{0};  ///< Since the timeline's start, phase jitter included.
};
struct AfterPrevious {
  Nanos wait{0};  ///< Phase jitter included.
};
struct UntilCondition {
  Condition condition;
  Nanos deadline{0};
};

/// A time after something that is seen to happen.
struct AfterEvent {
  /// "failover" or "failback" (traffic moves to a worse or a better WAN), "wan_down", "wan_up" or
  /// "switch" (the router's log says so), or the label of a step (its effect is seen on the wire).
  std::string event;
  Nanos offset{0};
  Nanos deadline{0};  ///< An event that has not come for this long makes the run an error.
};

struct StepPlan {
  std::variant<AtTime, AfterPrevious, UntilCondition, AfterEvent> when;
  std::variant<std::monostate, FaultAction, RestoreAction, CommandAction> action;
  int cycle = 1;  ///< Which round of a repeat; 1 outside of one.
};

/// What stops the drill at once.
struct AbortPlan {
  Condition condition;
  Nanos lasting{0};  ///< Once it has held for this long.
};

struct TimelinePlan {
  std::vector<StepPlan> steps;
  std::vector<AbortPlan> aborts;
  /// Since the timeline's start; at least until every step is done. 0: ends after the last step.
  Nanos duration{0};
  /// Steady state: no loss on any flow for this long, before the first fault and after the last
  /// restore.
  Nanos steady_for{0};
  Nanos steady_within{0};  ///< Else the run is an error (before) or a failure (after).
  /// After the last restore traffic may take so long to come back to where it was before the first
  /// fault; the run does not end before.
  Nanos failback_within{0};
};

}  // namespace wandrill
