// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ip_address.hpp"
#include "plan/impairment.hpp"
#include "plan/traffic_filter.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {

enum class FaultKind : std::uint8_t {
  // On a WAN link.
  kCarrier,
  kFarEnd,
  kBlackhole,
  kLoss,
  kDelay,
  kJitter,
  kRate,
  kReorder,
  kDuplicate,
  kCorrupt,
  kFlap,
  kBrownout,
  // On the ISP of a WAN.
  kWithdraw,
  kNatRebind,
  kArp,
  kMtu,
  kDhcp,
  // On a server.
  kMonitorTarget,
  kDns,
  // On the router.
  kKill,
  kStop,
  kRestart,
  kExec
};

std::string_view to_string(FaultKind kind);

/// What a fault acts on: a WAN link's slot; the ISP behind a WAN; a server; the router itself.
enum class FaultTarget : std::uint8_t { kLink, kIsp, kServer, kRouter };

FaultTarget target_of(FaultKind kind);

/// What the router must do about a fault on the WAN that carries the traffic.
enum class FailoverDuty : std::uint8_t { kRequired, kForbidden, kEither };

std::string_view to_string(FailoverDuty duty);

/// One edge of a flapping link, relative to the start of the fault.
struct FlapEdge {
  Nanos offset{0};
  bool down = false;
};

/// What becomes of a gateway that hosts look for on the line (ARP, neighbour discovery).
enum class ArpMode : std::uint8_t {
  kSilent,  ///< It does not answer who asks for it.
  kNewMac   ///< It has another hardware address all of a sudden, and tells nobody.
};

/// How a DNS or DHCP server misbehaves.
enum class ServiceMode : std::uint8_t {
  // DNS
  kTimeout,   ///< It answers nothing.
  kServfail,  ///< It answers that it could not find out (SERVFAIL).
  kSlow,      ///< Its answers come late.
  kHijack,    ///< It gives a false address for every name.
  // DHCP
  kNak,        ///< It refuses every request, and offers nothing.
  kExpiry,     ///< It is silent, so that the lease runs out.
  kNewAddress  ///< It refuses the address and offers another.
};

std::string_view to_string(ServiceMode mode);

/// What a fault that is no matter of a link does, as far as its kind has a choice.
struct LabFaultValue {
  std::string server;             ///< For FaultTarget::kServer: which.
  std::string process;            ///< For kill, stop and restart: the program's name.
  std::vector<std::string> run;   ///< For exec: program and arguments.
  std::vector<std::string> undo;  ///< For exec: likewise; empty: nothing to restore.
  ArpMode arp = ArpMode::kSilent;
  Bytes mtu;                                 ///< The largest IP packet that passes.
  bool too_big = true;                       ///< Whether the sender of a larger one is told.
  ServiceMode mode = ServiceMode::kTimeout;  ///< For dns and dhcp.
  Nanos delay{0};                            ///< For dns, slow: how much later an answer comes.
  std::vector<IpAddress> addresses;          ///< The false ones (hijack); the new one (dhcp).

  friend bool operator==(const LabFaultValue&, const LabFaultValue&) = default;
};

/// Breaks something until it is restored.
struct FaultAction {
  std::string id;     ///< Unique: the label, with "#2" from the second cycle on.
  std::string label;  ///< As the user named it, or "kind wan".
  FaultKind kind = FaultKind::kCarrier;
  std::string wan;  ///< Empty for FaultTarget::kServer and kRouter.
  FaultDirection direction = FaultDirection::kBoth;
  /// The values of this fault's own impairment (loss, delay, jitter, rate and queue); what a fault
  /// does not name stays as the link's steady state has it. A delay fault adds to the steady delay.
  Impairment value;
  TrafficFilter filter;  ///< Which packets meet it; empty: every frame.
  /// For flap: what toggles (carrier, far_end or blackhole) and when, all edges resolved from the
  /// seed.
  FaultKind flap_of = FaultKind::kCarrier;
  std::vector<FlapEdge> edges;
  LabFaultValue lab;  ///< For every target but kLink.
  Nanos ramp{0};      ///< `value` grows evenly from nothing over this time.
  FailoverDuty duty = FailoverDuty::kRequired;
};

/// The fault is over by itself once it has happened; there is nothing to restore.
bool is_momentary(const FaultAction& fault);

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
