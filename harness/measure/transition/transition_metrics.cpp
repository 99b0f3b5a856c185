// SPDX-License-Identifier: Apache-2.0
#include "measure/transition/transition_metrics.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "measure/transition/backup_delay.hpp"
#include "measure/transition/convergence.hpp"
#include "plan/metrics/router_metrics.hpp"
#include "plan/metrics/transition_metrics.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

using Kind = Transition::Kind;

constexpr Nanos kInstantAccuracy = 1ms;
constexpr const char* kFailoverSubject = "failover";
constexpr const char* kFailbackSubject = "failback";

/// A time from the transition's observed instant to `until`, in seconds; none when it never came.
struct Ending {
  std::optional<RunInstant> until;
  Nanos accuracy{0};
  std::string why_not;
};

Reading<Seconds> time_until(const RunIndex& run, const TransitionRecord& record,
                            std::optional<RunInstant> from, const Ending& ending) {
  Reading<Seconds> time{.accuracy = ending.accuracy};
  if (from) time.when = {*from, std::max(*from, ending.until.value_or(record.span.until))};
  if (from && ending.until) {
    const TimeSpan span{*from, std::max(*from, *ending.until)};
    time.value = span.length();
    time.tester_share = run.stalls.credit(span);
  } else if (record.shown.missed) {
    time.note = "the router never left " + record.shown.from_wan;
  } else if (!record.answers) {
    time.note = "nothing called for it, so there is no instant to count from";
  } else {
    time.note = ending.why_not;
  }
  return time;
}

/// ± of times read off packets: the smallest interval among the packet flows.
Nanos packet_accuracy(const RunIndex& run) {
  Nanos smallest = Nanos::max();
  for (const auto& flow : run.plan.traffic.flows)
    if (run.is_reference_flow(flow.id)) smallest = std::min(smallest, run.accuracy_of(flow.id));
  return smallest == Nanos::max() ? Nanos{0} : smallest;
}

/// What was lost around a transition, in the flow that shows it most.
struct Losses {
  Reading<Seconds> gap;      ///< The longest.
  Reading<Seconds> derived;  ///< By the packet-loss method.
};

Losses losses_around(const RunIndex& run, const TransitionRecord& record) {
  Reading<Seconds> gap{.value = Seconds{0}, .accuracy = packet_accuracy(run)};
  auto derived = gap;
  for (const auto& flow : run.plan.traffic.flows) {
    if (!run.is_reference_flow(flow.id)) continue;
    std::uint64_t lost = 0;
    Nanos stalled{0};
    for (const auto& period : losses_of(run, record, flow.id)) {
      lost += period.lost;
      stalled += period.stalled;
      const Seconds length = period.gap;
      const Seconds share = period.stalled;
      if (length - share <= *gap.value - gap.tester_share) continue;
      gap.value = length;
      gap.tester_share = share;
      gap.accuracy = run.accuracy_of(flow.id);
      gap.when = gap_span(period);
      gap.note = period.open ? flow.name + " never came back" : flow.name;
    }
    const auto time = static_cast<double>(lost) *
                      std::chrono::duration_cast<Seconds>(run.session_of(flow.id).interval);
    if (time - Seconds{stalled} <= *derived.value - derived.tester_share) continue;
    derived.value = time;
    derived.tester_share = stalled;
    derived.accuracy = run.accuracy_of(flow.id);
    derived.note = flow.name;
  }
  return {gap, derived};
}

Reading<Seconds> convergence_time(const RunIndex& run, const TransitionRecord& record) {
  const auto& shown = record.shown;
  const auto last = shown.converged ? full_convergence(run, record) : std::nullopt;
  auto time =
      time_until(run, record, shown.observed,
                 {shown.converged, last ? run.accuracy_of(last->flow) : packet_accuracy(run),
                  "not every flow was restored before the next step or the end"});
  const bool cut = shown.converged && record.span.until - *shown.converged < run.plan.sustained_for;
  if (time.value && cut)
    time.note = fmt::format("steady for {:.1f} s only, until the next step or the end",
                            in_seconds(record.span.until - *shown.converged));
  return time;
}

/// Times of a failover. A false one has no start to count from; only its gap says something.
Readings measure_failover(const RunIndex& run, const TransitionRecord& record) {
  using namespace metrics::failover;
  const auto& shown = record.shown;
  const Nanos instant = kInstantAccuracy + run.tester.late_send_p99;
  Readings readings;
  const auto by_route =
      time_until(run, record, shown.observed,
                 {shown.first_route_event, instant, "the router's routes did not change"});
  auto detection = time_until(run, record, shown.observed,
                              {shown.declared, instant, "the router's log does not tell"});
  if (!shown.declared && shown.first_route_event) {
    detection = by_route;
    detection.note = "by its routes: the router's log does not tell";
  }
  readings.set(kDetectionTimeByRoute, by_route);
  readings.set(kDetectionTime, detection);
  readings.set(kFirstRouteConvergenceTime,
               time_until(run, record, shown.observed,
                          {shown.first_packet, packet_accuracy(run),
                           "no packet that left by the other WAN arrived"}));
  readings.set(kFullConvergenceTime, convergence_time(run, record));
  readings.set(kAdditiveBackupDelay, additive_backup_delay(run, record));
  const auto losses = losses_around(run, record);
  readings.set(kLongestGap, losses.gap);
  readings.set(kLossDerivedConvergenceTime, losses.derived);
  return readings;
}

Reading<Share> residue_of(const RunIndex& run, const TransitionRecord& record) {
  Reading<Share> residue{.note = "no packet left in that second"};
  if (!record.shown.switched) return residue;
  const TimeSpan second{*record.shown.switched + 1s,
                        std::min(*record.shown.switched + 2s, record.span.until)};
  Egress::Count sum;
  for (const auto& egress : run.egress) {
    const auto count = egress.count(second, record.to);
    sum.all += count.all;
    sum.elsewhere += count.elsewhere;
  }
  if (sum.all == 0) return residue;
  return {.value =
              Share{100.0 * static_cast<double>(sum.elsewhere) / static_cast<double>(sum.all)}};
}

Readings measure_failback(const RunIndex& run, const TransitionRecord& record) {
  using namespace metrics::failback;
  const auto& shown = record.shown;
  const Nanos instant = kInstantAccuracy + run.tester.late_send_p99;
  const Nanos packets = packet_accuracy(run);
  Readings readings;
  readings.set(kRestorationTime,
               time_until(run, record, shown.applied,
                          {shown.observed, instant, "the path was never seen clean"}));
  readings.set(kReversionTime, time_until(run, record, shown.applied,
                                          {shown.switched, packets, "traffic did not return"}));
  readings.set(kHoldDownTime, time_until(run, record, shown.observed,
                                         {shown.switched, packets, "traffic did not return"}));
  readings.set(kFullConvergenceTime, convergence_time(run, record));
  readings.set(kPostFailbackResidue, residue_of(run, record));
  readings.set(kLongestGap, losses_around(run, record).gap);
  return readings;
}

/// Counts of switches; those that a stall of the tester may have caused are the tester's.
struct Tally {
  double count = 0;
  double excused = 0;
  std::optional<TimeSpan> when;  ///< From the first to the end of the last.
  void add(const TransitionRecord& record) {
    ++count;
    const auto& shown = record.shown;
    const auto begin = shown.observed ? shown.observed : shown.switched;
    const auto end = shown.missed ? shown.ended : shown.first_packet;
    const auto from = when ? std::optional{when->from} : begin;
    if (from) when = {*from, std::max(*from, end.value_or(begin.value_or(*from)))};
    if (record.shown.perhaps_by_stall) ++excused;
  }
  [[nodiscard]] Reading<Count> reading() const {
    return {.value = Count{count}, .tester_share = Count{excused}, .when = when};
  }
};

void measure_router(const RunIndex& run, MetricSink& sink) {
  using namespace metrics::router;
  Tally switches;
  Tally failovers;
  Tally failbacks;
  Tally false_ones;
  Tally missed;
  for (const auto& record : run.transitions) {
    if (record.shown.missed) {
      missed.add(record);
      continue;
    }
    switches.add(record);
    (record.shown.kind == Kind::kFailover ? failovers : failbacks).add(record);
    if (is_false_failover(record)) false_ones.add(record);
  }
  const MetricOf router{.subject = "router"};
  sink.set(router, kSwitches, switches.reading());
  sink.set(router, kFailovers, failovers.reading());
  sink.set(router, kFailbacks, failbacks.reading());
  sink.set(router, kFalseFailovers, false_ones.reading());
  sink.set(router, kMissedFailovers, missed.reading());
  sink.set({.subject = kFailoverSubject}, metrics::failover::kCount, failovers.reading());
  sink.set({.subject = kFailbackSubject}, metrics::failback::kCount, failbacks.reading());
}

/// All that transitions of a kind would have had.
void say_there_was_none(Kind kind, MetricSink& sink) {
  const bool is_failover = kind == Kind::kFailover;
  const MetricList rows =
      is_failover ? MetricList{metrics::failover::kAll} : metrics::failback::kAll;
  const char* note = is_failover ? "there was no failover" : "there was no failback";
  Readings nothing;
  for (const auto* row : rows)
    nothing.set_nothing(*row, note);
  sink.set({.subject = is_failover ? kFailoverSubject : kFailbackSubject}, nothing);
}

}  // namespace

bool is_false_failover(const TransitionRecord& record) {
  if (record.shown.kind != Kind::kFailover || record.shown.missed) return false;
  return !record.answers || (record.fault != nullptr && !record.fault->calls_for_failover());
}

void measure_transitions(const RunIndex& run, MetricSink& sink) {
  for (const auto kind : {Kind::kFailover, Kind::kFailback})
    say_there_was_none(kind, sink);
  measure_router(run, sink);
  for (const auto& record : run.transitions) {
    const bool failover = record.shown.kind == Kind::kFailover;
    const std::string subject = failover ? kFailoverSubject : kFailbackSubject;
    const MetricInfo& gap =
        failover ? metrics::failover::kLongestGap : metrics::failback::kLongestGap;
    for (const auto& [metric, measured] :
         failover ? measure_failover(run, record) : measure_failback(run, record)) {
      const bool counts = record.answers || metric == &gap;
      sink.set({.subject = fmt::format("{}.{}", subject, record.shown.number),
                .group = counts ? subject : ""},
               *metric, measured);
    }
  }
}

}  // namespace wandrill
