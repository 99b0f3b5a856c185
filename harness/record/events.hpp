// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"

namespace wandrill {

// Everything of a run that is not a packet, as it happened. Each event has its instant.

/// Where the run is. Names: "bring_up", "steady_before", "timeline", "steady_after", "drain",
/// "end".
struct StageEvent {
  RunTime at;
  std::string stage;
};

/// A fault or a restore, in its three instants. "requested": asked for. "applied": the kernel or
/// the relay acknowledged it. "observed": the first effect on the wire (for a restore: the path was
/// seen clean). "no_effect": it could not be proven, which makes the run an error.
struct FaultEvent {
  RunTime at;
  std::string instant;
  std::string id;     ///< Of the FaultAction or RestoreAction.
  std::string label;  ///< As the user named it.
  bool restore = false;
  std::string wan;
  std::string what;    ///< In words: "carrier", "loss 5% up only".
  RunTime due;         ///< When the timeline wanted it.
  std::string detail;  ///< Evidence: "3 of 3 probe frames lost", or why there is none.
};

/// One edge of a flapping link, applied.
struct FlapEvent {
  RunTime at;
  std::string id;
  bool down = false;
};

/// A timeline command was run on the router.
struct CommandEvent {
  RunTime at;
  std::string id;
  std::string label;
  std::string command;
  int exit_status = 0;
};

/// The kernel of the router told of a change over rtnetlink.
struct NetworkEvent {
  RunTime at;
  std::string node;
  std::string kind;    ///< link, address, route, rule, nexthop, neighbour, overrun
  std::string action;  ///< add, delete, change
  std::string text;    ///< "default via 100.64.2.1 dev wan_b metric 10"
};

/// A line of a router program's output.
struct LogEvent {
  RunTime at;  ///< By the stamp in the line where the profile says how to read it, else arrival.
  RunTime arrived;  ///< When we read it.
  std::string process;
  std::string line;
  std::string meaning;  ///< By the profile's patterns: "wan_down", "wan_up", "switch", or "".
  std::string wan;      ///< The WAN it speaks of, if the pattern captured one.
};

/// A TCP session changed its state: connecting, connected, refused, reset, closed, timed_out.
struct SessionEvent {
  RunTime at;
  std::string session;
  std::string state;
  std::string detail;
};

/// The tester itself misbehaved: "stall" (our loop did not run from `at` to `until`), "relay_stall"
/// (the wire engine's thread), "overflow" (a receive queue lost packets; `count`, `subject` a flow
/// or tap), "clock_step" (CLOCK_REALTIME moved against CLOCK_MONOTONIC by `until` − `at`).
struct TesterEvent {
  RunTime at;
  std::string kind;
  RunTime until;
  std::uint64_t count = 0;
  std::string subject;
};

/// The name of the GateEvent that tells that an abort condition stopped the run.
inline constexpr const char* kAbortGate = "abort";

/// The name of the GateEvent that tells that a program of the router's ended by itself after the
/// first fault, and that this stopped the run.
inline constexpr const char* kRouterDiedGate = "router_died";

/// A wait_until of the timeline, or a steady-state gate, ended. `met` false: its deadline passed;
/// or something stopped the run.
struct GateEvent {
  RunTime at;
  std::string name;  ///< "steady_before", "steady_after", kAbortGate, kRouterDiedGate, or the
                     ///< condition in words.
  bool met = false;
  std::string detail;
};

using Event = std::variant<StageEvent, FaultEvent, FlapEvent, CommandEvent, NetworkEvent, LogEvent,
                           SessionEvent, TesterEvent, GateEvent>;

RunTime instant_of(const Event& event);

/// One line of events.jsonl: {"event": "fault", "at": 123, …}.
void to_json(Json& j, const Event& event);
void from_json(const Json& j, Event& event);

}  // namespace wandrill
