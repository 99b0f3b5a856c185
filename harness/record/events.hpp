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
  RunInstant at;
  std::string stage;
};

/// A fault or a restore, in its three instants. "requested": asked for. "applied": the kernel or
/// the relay acknowledged it. "observed": the first effect on the wire (for a restore: the path was
/// seen clean). "no_effect": it could not be proven, which makes the run an error.
struct FaultEvent {
  RunInstant at;
  std::string instant;
  std::string id;     ///< Of the FaultAction or RestoreAction.
  std::string label;  ///< As the user named it.
  bool restore = false;
  std::string wan;
  std::string what;    ///< In words: "carrier", "loss 5% up only".
  RunInstant due;      ///< When the timeline wanted it.
  std::string detail;  ///< Evidence: "3 of 3 probe frames lost", or why there is none.
};

/// One edge of a flapping link, applied.
struct FlapEvent {
  RunInstant at;
  std::string id;
  bool down = false;
};

/// A timeline command was run on the router.
struct CommandEvent {
  RunInstant at;
  std::string id;
  std::string label;
  std::string command;
  int exit_status = 0;
};

/// The kernel of the router told of a change over rtnetlink.
struct NetworkEvent {
  RunInstant at;
  std::string node;
  std::string kind;    ///< link, address, route, rule, nexthop, neighbour, overrun
  std::string action;  ///< add, delete, change
  std::string text;    ///< "default via 100.64.2.1 dev wan_b metric 10"
};

/// A line of a router program's output.
struct LogEvent {
  RunInstant at;  ///< By the stamp in the line where the profile says how to read it, else arrival.
  RunInstant arrived;  ///< When we read it.
  std::string process;
  std::string line;
  std::string meaning;  ///< By the profile's patterns: "wan_down", "wan_up", "switch", or "".
  std::string wan;      ///< The WAN it speaks of, if the pattern captured one.
};

/// A TCP session changed its state: connecting, connected, refused, reset, closed, timed_out.
struct SessionEvent {
  RunInstant at;
  std::string session;
  std::string state;
  std::string detail;
};

/// The tester itself misbehaved: "stall" (our loop did not run from `at` to `until`), "relay_stall"
/// (the wire engine's thread), "overflow" (a receive queue lost packets; `count`, `subject` a flow
/// or tap), "clock_step" (CLOCK_REALTIME moved against CLOCK_MONOTONIC by `until` − `at`).
struct TesterEvent {
  RunInstant at;
  std::string kind;
  RunInstant until;
  std::uint64_t count = 0;
  std::string subject;
};

/// The name of the GateEvent that tells that an abort condition stopped the run.
inline constexpr const char* kAbortGate = "abort";

/// The name of the GateEvent that tells that a program of the router's ended by itself after the
/// first fault, and that this stopped the run.
inline constexpr const char* kRouterDiedGate = "router_died";

/// With this begins the name of the GateEvent that tells how a command of the timeline ended; the
/// command's name follows.
inline constexpr const char* kCommandGate = "command ";

/// A wait_until or a command of the timeline, or a steady-state gate, ended. `met` false: its
/// deadline passed, or the command failed; or something stopped the run.
struct GateEvent {
  RunInstant at;
  std::string name;  ///< "steady_before", "steady_after", kAbortGate, kRouterDiedGate, kCommandGate
                     ///< and a name, or the condition in words.
  bool met = false;
  std::string detail;
  bool tester_late = false;  ///< Not met in time, but while the wait was stretched for the tester.
};

/// A SIP message was sent or received by one end of a session, or seen on a WAN: there only what
/// its first line tells is known.
struct SipEvent {
  RunInstant at;
  std::string session;
  std::string end;           ///< "client" or "server"; of a tap the WAN.
  bool sent = false;         ///< Of a tap: it went up.
  std::string method;        ///< Of the request, or that the response is to (CSeq): "INVITE".
  std::uint32_t status = 0;  ///< Of a response; 0: a request.
  std::uint32_t cseq = 0;
  std::string call_id;
  std::string detail;
};

/// A tap saw an end of a tunnel shake hands.
struct TunnelEvent {
  RunInstant at;
  std::string session;
  std::string message;    ///< "initiation" or "response".
  std::string direction;  ///< "up" or "down".
  std::string wan;        ///< On whose tap.
};

/// What the kernel says of a TCP connection (TCP_INFO, tcp(7)).
struct TcpSampleEvent {
  RunInstant at;
  std::string session;
  std::string end;                   ///< "client" or "server".
  Nanos rtt{0};                      ///< Smoothed.
  Nanos rto{0};                      ///< Retransmission time-out (RFC 6298).
  std::uint32_t backoff = 0;         ///< How often it was doubled for want of an answer.
  std::uint32_t retransmits = 0;     ///< Of the whole connection.
  std::uint32_t unacknowledged = 0;  ///< Segments under way.
};

/// How far a transfer has come: since its start.
struct VolumeEvent {
  RunInstant at;
  std::string session;
  std::string direction;       ///< "up" or "down".
  std::uint64_t sent = 0;      ///< Bytes given to the sender's kernel.
  std::uint64_t received = 0;  ///< Bytes that the receiver has read.
};

/// A request of a series of HTTP requests came to its end.
struct HttpEvent {
  RunInstant at;
  std::string session;
  std::uint64_t sequence = 0;
  RunInstant asked;
  /// "answered", "refused" (no connection), "reset" (it ended before the answer was whole),
  /// "timed_out", "wrong" (an answer that was not the one asked for).
  std::string outcome;
  Nanos first_byte{0};  ///< From `asked` to the first byte of the answer; 0: none came.
  std::string detail;
};

/// A packet that policy does not allow was seen.
struct PolicyEvent {
  RunInstant at;
  std::string rule;  ///< "forbidden", "in_clear", "private_source", "foreign_source", "barred".
  std::string wan;   ///< On whose tap; empty: it was received by the session's far end.
  std::string direction;    ///< "up" or "down".
  std::string session;      ///< Whose packet it was, if it is one of ours.
  std::string packet;       ///< In words: "UDP 10.0.30.10:20000 > 203.0.113.10:10000, 64 bytes".
  std::uint64_t count = 1;  ///< How many of the kind it stands for, since the one before.
};

/// Somebody was told of something by the router, over the network.
struct AlertEvent {
  RunInstant at;
  std::string channel;   ///< "syslog", "snmp_trap", "webhook".
  std::string receiver;  ///< The node that it came to.
  std::string from;      ///< The sender's address.
  std::string text;
  std::string meaning;  ///< By the router profile's patterns, as in LogEvent.
  std::string wan;
};

using Event = std::variant<StageEvent, FaultEvent, FlapEvent, CommandEvent, NetworkEvent, LogEvent,
                           SessionEvent, TesterEvent, GateEvent, SipEvent, TunnelEvent,
                           TcpSampleEvent, VolumeEvent, HttpEvent, PolicyEvent, AlertEvent>;

RunInstant instant_of(const Event& event);

/// One line of events.jsonl: {"event": "fault", "at": 123, …}.
void to_json(Json& j, const Event& event);
void from_json(const Json& j, Event& event);

}  // namespace wandrill
