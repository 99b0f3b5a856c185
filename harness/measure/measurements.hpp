// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "measure/time_span.hpp"
#include "plan/metrics/metric_catalogue.hpp"

namespace wandrill {

/// One measured number. `value` is empty when the thing never happened (a time without an end, a
/// statistic of no packets): an upper bound on it does not hold.
struct Measured {
  std::optional<double> value;
  MetricUnit unit = MetricUnit::kCount;
  double accuracy = 0.0;  ///< ± in the same unit.
  /// How much of the value the tester may have caused itself (stalls, overflowed queues), in the
  /// same unit: subtracted in the router's favour before a bound is called broken.
  double tester_share = 0.0;
  std::string note;  ///< Why there is no value, or what is special about it.
  /// There is no value because nothing was tried that could have given one, and not because
  /// something never happened: nobody is to blame.
  bool untried = false;
  /// When it came to that value, of those that one stretch of the run made what they are.
  std::optional<TimeSpan> when{};
};

/// A time without arrivals in a flow, by the sender's schedule (RFC 6413 4).
struct LossPeriod {
  RunInstant first_missing;  ///< Scheduled time of the first lost packet.
  RunInstant last_missing;
  /// Length as people count it: from the last packet that came before to the first after, by
  /// schedule.
  Nanos gap{0};
  std::uint64_t lost = 0;
  bool open = false;     ///< Nothing came after it.
  Nanos stalled{0};      ///< How much of the gap the tester may have caused.
  RunInstant gap_start;  ///< Scheduled time of the last packet that came before.
  /// How much of the gap was packets that came late, or still waited, while the tester starved.
  Nanos waited{0};
};

/// A change of the WAN that traffic leaves by.
struct Transition {
  enum class Kind : std::uint8_t { kFailover, kFailback };
  Kind kind = Kind::kFailover;
  int number = 0;  ///< From 1, per kind.
  int cycle = 1;
  std::string cause;  ///< Id of the fault or restore that it answers; empty: none (false failover).
  std::string label;  ///< The cause in the user's words.
  std::string what;   ///< "carrier on wan_a"
  std::string from_wan;
  std::string to_wan;
  std::optional<RunInstant> requested;
  std::optional<RunInstant> applied;
  std::optional<RunInstant> observed;
  std::optional<RunInstant> declared;           ///< By the router's log.
  std::optional<RunInstant> first_route_event;  ///< By rtnetlink on the router.
  std::optional<RunInstant> switched;           ///< First packet that left by the other WAN.
  std::optional<RunInstant> first_packet;       ///< First unimpaired packet over the other WAN.
  std::optional<RunInstant> converged;          ///< Every flow restored and sustained.
  bool missed = false;                          ///< A required failover that never came.
  std::optional<RunInstant>
      ended;         ///< Of a missed one: the fault was restored. Else the next step.
  Nanos stalled{0};  ///< How long the tester stalled from observed until ended.
  /// A stall just before may have caused it: a switch that nobody asked for is then not the
  /// router's.
  bool perhaps_by_stall = false;
};

/// A flow that left by one WAN with the address of another: its provider drops that (BCP 38).
struct ForeignSource {
  RunInstant since;
  RunInstant until;
  std::string wan;         ///< It left by.
  std::string source_wan;  ///< Whose address it had.
  std::uint64_t packets = 0;
};

struct FlowSummary {
  std::string name;
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  std::uint64_t lost = 0;
  std::vector<LossPeriod> loss_periods;
  /// The WAN that it left by over time: (since, WAN).
  std::vector<std::pair<RunInstant, std::string>> path;
  std::vector<ForeignSource> foreign_sources;
};

struct SessionFate {
  std::string session;
  /// survived, stalled (it survived with a gap), reset, hung (and recovered), never_recovered
  std::string fate;
  std::optional<RunInstant> at;     ///< The last answer before, or when the connection was reset.
  std::optional<RunInstant> until;  ///< The first answer after.
  std::string detail;
};

/// Packets that policy must stop, and that arrived.
struct Leak {
  std::string session;
  std::uint64_t attempts = 0;
  std::uint64_t arrived = 0;
  RunInstant first;
  RunInstant last;
  std::string wan;     ///< That traffic left by when the first arrived.
  std::string packet;  ///< The first that was told of, in words.
};

/// What of a matrix's pair got through while traffic left by one WAN, away from its faults.
struct MatrixInterval {
  enum class State : std::uint8_t { kUntried, kOpen, kClosed };

  std::string wan;
  TimeSpan span;  ///< From the switch to the WAN, or the start, until it was left or broken.
  std::uint64_t attempts = 0;
  std::uint64_t left = 0;  ///< Of these, those that the WAN's tap saw leave the router.
  std::uint64_t arrived = 0;

  /// Open: something arrived. Closed: nothing did, of kLeastAttempts or more.
  [[nodiscard]] State state() const {
    if (arrived > 0) return State::kOpen;
    return attempts >= kLeastAttempts ? State::kClosed : State::kUntried;
  }
  static constexpr std::uint64_t kLeastAttempts = 5;
};

/// "open", "closed", "untried"
std::string_view to_string(MatrixInterval::State state);

/// One pair of machines of a matrix, in one family over one transport.
struct MatrixCell {
  std::string session;
  std::vector<MatrixInterval> stays;  ///< In order of time.

  /// The first stay that tells, and the first after it that tells otherwise; null: there is none.
  [[nodiscard]] const MatrixInterval* first() const;
  [[nodiscard]] const MatrixInterval* other() const;
  /// At least two stays tell.
  [[nodiscard]] bool is_compared() const;
};

/// Packets of a host that left by a WAN that is not for it.
struct BarredTraffic {
  std::string host;
  std::string wan;
  std::uint64_t packets = 0;
  RunInstant first;
  std::string packet;  ///< The first that was told of, in words.
};

/// The tester's own error.
struct TesterError {
  Nanos late_send_p50{0};
  Nanos late_send_p99{0};
  Nanos late_send_max{0};
  std::uint64_t stalls = 0;
  Nanos longest_stall{0};
  Nanos total_stall{0};
  std::uint64_t receive_overflows = 0;
  std::uint64_t refused_sends = 0;
  bool clock_stepped = false;
  bool realtime_scheduling = false;
  bool realtime_programs = false;  ///< The tester's own programs ran ahead of ordinary ones too.
  bool emulated = false;           ///< The processor was QEMU's own: stamps are as late as sends.
};

/// When a label of the timeline happened, once per cycle.
struct LabelledInstant {
  std::string label;
  std::string id;
  RunInstant at;
};

/// Whether a condition of an expectation held, event by event; filled for each StateExpectation.
struct StateObservation {
  std::size_t expectation = 0;  ///< Index into Plan::expectations.
  std::string after_id;         ///< The event it was counted from.
  std::optional<Nanos>
      reached;  ///< From the event until the condition came true (and then lasted).
  Nanos accuracy{0};
  Nanos tester_share{0};
  std::string detail;  ///< What was seen instead.
};

/// What ended a run before its timeline did.
enum class Stop : std::uint8_t {
  kNone,
  kAbort,      ///< An abort condition of the scenario came true.
  kRouterDied  ///< A program of the router's ended by itself after the first fault.
};

/// A wait_until or a command of the timeline, a steady-state gate, or what stopped the run, as it
/// ended.
struct GateResult {
  std::string name;
  RunInstant at;
  bool met = false;
  std::string detail;
  bool tester_overloaded =
      false;  ///< The tester stalled for half of the waiting: not met means nothing.
  Stop stop = Stop::kNone;
  bool is_command = false;  ///< A command of the router's; met: it ended in time, with status 0.
};

/// Everything computed from a Recording and its Plan.
struct Measurements {
  std::map<std::string, Measured> metrics;  ///< By the names that expectations use.
  std::vector<Transition> transitions;
  std::vector<FlowSummary> flows;
  std::vector<SessionFate> fates;
  std::vector<Leak> leaks;
  std::vector<BarredTraffic> barred;
  std::vector<MatrixCell> matrix;  ///< In the order of the plan's sessions.
  std::vector<LabelledInstant> instants;
  std::vector<StateObservation> states;
  std::vector<std::string> unproven_faults;  ///< Faults without effect: the run is an error.
  std::optional<std::string> gate_failure;  ///< A steady-state gate or wait_until that was not met.
  bool gate_failure_is_error = false;       ///< The one before the first fault.
  std::vector<GateResult> gates;
  /// The tester stalled for half of the timeline: what did not happen says nothing of the router.
  bool tester_overloaded = false;
  TesterError tester;
  std::optional<RunInstant> end;
  /// When nothing passed any WAN: no router could have done better.
  std::vector<TimeSpan> without_wan;

  /// Null: this run has no such number.
  [[nodiscard]] const Measured* metric(const std::string& name) const {
    const auto found = metrics.find(name);
    return found == metrics.end() ? nullptr : &found->second;
  }
  [[nodiscard]] const Measured* metric(std::string_view subject, const MetricInfo& row) const {
    return metric(metric_key(subject, row));
  }
  [[nodiscard]] bool has_switched() const {
    return std::ranges::any_of(transitions,
                               [](const Transition& one) { return one.switched.has_value(); });
  }
  /// How much of `span` was without a WAN.
  [[nodiscard]] Nanos without_wan_in(const std::optional<TimeSpan>& span) const {
    Nanos sum{0};
    for (const auto& dark : without_wan)
      if (span) sum += span->overlap(dark);
    return sum;
  }
  [[nodiscard]] bool is_mostly_without_wan(const TimeSpan& span) const {
    return 2 * without_wan_in(span) > span.length();
  }
};

}  // namespace wandrill
