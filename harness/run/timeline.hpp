// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/patience.hpp"
#include "run/context.hpp"

namespace wandrill {

/// What the timeline acts on and asks, so that it knows nothing of links and packets.
struct TimelineStage {
  std::function<void(const FaultAction&, RunInstant due)> apply;
  std::function<void(const RestoreAction&, RunInstant due)> restore;
  std::function<boost::asio::awaitable<void>(const CommandAction&)> command;
  /// Whether a condition holds now; `since`: when its waiting began.
  std::function<bool(const Condition&, RunInstant since)> holds;
  /// When the event that the step waits for happened; nothing while it has not.
  std::function<std::optional<RunInstant>(const AfterEvent&, RunInstant since)> happened;
  /// Told what comes next, for the live view.
  std::function<void(const std::string& what, RunInstant due)> announce;
  /// Told what is waited for, until when at the latest.
  std::function<void(const std::string& what, RunInstant deadline)> announce_wait;
};

/// Plays every step at its time: absolute times from `start`, so that a late step does not delay
/// the next (only a `wait` after a step more than 10 ms late counts from its playing); a condition
/// that is not met by its deadline is recorded as a GateEvent, and the timeline goes on. Throws
/// MachineError when an event that a step waits for does not come. Ends after the plan's duration.
boost::asio::awaitable<void> play_timeline(const RunContext& context, const TimelineStage& stage,
                                           RunInstant start);

/// Waits until `holds` or until `deadline` has passed; says which. Looks every 5 ms.
boost::asio::awaitable<bool> wait_until(const RunContext& context, std::function<bool()> holds,
                                        RunInstant deadline);
/// The same, until patience is over: for what a starved machine may delay.
boost::asio::awaitable<bool> wait_until(const RunContext& context, std::function<bool()> holds,
                                        Patience& patience);

boost::asio::awaitable<void> sleep_until(const RunContext& context, RunInstant instant);

}  // namespace wandrill
