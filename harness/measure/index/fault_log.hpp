// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "measure/time_span.hpp"
#include "plan/plan.hpp"
#include "record/events.hpp"

namespace wandrill {

/// A fault on a WAN, or a restore of one, put together from its events and its action in the plan.
struct FaultRecord {
  std::string id;
  std::string label;
  std::string what;  ///< "carrier both on wan_a"
  bool restore = false;
  std::optional<std::uint8_t> wan;  ///< Nothing where it hit a server or the router.
  int cycle = 1;
  std::optional<RunInstant> requested;
  std::optional<RunInstant> applied;
  std::optional<RunInstant> observed;
  FaultKind kind = FaultKind::kBlackhole;
  FailoverDuty duty = FailoverDuty::kRequired;
  bool is_total = false;                 ///< It takes its WAN away, if only in one direction.
  Nanos grows{0};                        ///< How long it took until it was whole.
  RunInstant until = RunInstant::max();  ///< When it was restored.
  std::vector<FlapEvent> edges;          ///< Of a flap, as they happened.

  [[nodiscard]] RunInstant start() const;
  [[nodiscard]] bool in_force(RunInstant at) const { return start() <= at && at < until; }
  /// It has grown to what it was to be.
  [[nodiscard]] bool is_whole(RunInstant at) const { return at >= start() + grows; }
  [[nodiscard]] bool calls_for_failover() const {
    return !restore && duty != FailoverDuty::kForbidden;
  }
  /// The last edge of this direction until `at`, for a flap; else nothing.
  [[nodiscard]] std::optional<RunInstant> last_edge(bool down, RunInstant at) const;
};

/// A command that the timeline gave the router.
struct CommandRecord {
  CommandEvent event;
  int cycle = 1;
};

/// What the timeline did to the run, and when.
struct FaultLog {
  std::vector<FaultRecord> faults;    ///< In order of time.
  std::vector<FaultRecord> restores;  ///< In order of time; one per WAN.
  std::vector<CommandRecord> commands;
  std::vector<std::string> unproven;  ///< Ids of faults and restores without effect.
  std::vector<RunInstant> steps;      ///< When each of these was asked for, in order.

  /// The first step after `at`; nothing after the last.
  [[nodiscard]] std::optional<RunInstant> next_step(RunInstant at) const;
  /// A fault in force on the WAN at `at` that must be fled.
  [[nodiscard]] bool is_dead(std::uint8_t wan, RunInstant at) const;
  /// When nothing passed any of so many WANs; a flapping one lets something pass.
  [[nodiscard]] std::vector<TimeSpan> without_wan(std::size_t wans) const;
};

FaultLog index_faults(const Plan& plan, const std::vector<Event>& events);

}  // namespace wandrill
