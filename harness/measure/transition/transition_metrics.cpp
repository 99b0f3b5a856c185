// SPDX-License-Identifier: Apache-2.0
#include "measure/transition/transition_metrics.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "measure/transition/backup_delay.hpp"
#include "measure/transition/convergence.hpp"
#include "measure/worst.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

using Kind = Transition::Kind;
using Named = std::map<std::string, Measured>;

constexpr Nanos kInstantAccuracy = 1ms;

/// A time from the transition's observed instant to `until`, in seconds; none when it never came.
struct Ending {
  std::optional<RunTime> until;
  Nanos accuracy{0};
  std::string why_not;
};

Measured time_until(const RunIndex& run, const TransitionRecord& record,
                    std::optional<RunTime> from, const Ending& ending) {
  Measured time{.unit = MetricUnit::kSeconds, .accuracy = in_seconds(ending.accuracy)};
  if (from) time.when = {*from, std::max(*from, ending.until.value_or(record.span.until))};
  if (from && ending.until) {
    const TimeSpan span{*from, std::max(*from, *ending.until)};
    time.value = in_seconds(span.length());
    time.tester_share = in_seconds(run.stalls.credit(span));
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
    if (run.is_ruler(flow.id)) smallest = std::min(smallest, run.accuracy_of(flow.id));
  return smallest == Nanos::max() ? Nanos{0} : smallest;
}

void measure_losses(const RunIndex& run, const TransitionRecord& record, Named& metrics) {
  const double accuracy = in_seconds(packet_accuracy(run));
  Measured gap{.value = 0.0, .unit = MetricUnit::kSeconds, .accuracy = accuracy};
  Measured derived = gap;
  for (const auto& flow : run.plan.traffic.flows) {
    if (!run.is_ruler(flow.id)) continue;
    std::uint64_t lost = 0;
    Nanos stalled{0};
    for (const auto& period : losses_of(run, record, flow.id)) {
      lost += period.lost;
      stalled += period.stalled;
      const double length = in_seconds(period.gap);
      const double share = in_seconds(period.stalled);
      if (length - share <= *gap.value - gap.tester_share) continue;
      gap.value = length;
      gap.tester_share = share;
      gap.accuracy = in_seconds(run.accuracy_of(flow.id));
      gap.when = gap_span(period);
      gap.note = period.open ? flow.name + " never came back" : flow.name;
    }
    const double time = static_cast<double>(lost) * in_seconds(run.session_of(flow.id).interval);
    if (time - in_seconds(stalled) <= *derived.value - derived.tester_share) continue;
    derived.value = time;
    derived.tester_share = in_seconds(stalled);
    derived.accuracy = in_seconds(run.accuracy_of(flow.id));
    derived.note = flow.name;
  }
  metrics["longest_gap"] = gap;
  if (record.shown.kind == Kind::kFailover) metrics["loss_derived_convergence_time"] = derived;
}

Measured convergence_time(const RunIndex& run, const TransitionRecord& record) {
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

Named measure_failover(const RunIndex& run, const TransitionRecord& record) {
  const auto& shown = record.shown;
  const Nanos instant = kInstantAccuracy + run.tester.late_send_p99;
  Named metrics;
  metrics["detection_time_by_route"] =
      time_until(run, record, shown.observed,
                 {shown.first_route_event, instant, "the router's routes did not change"});
  metrics["detection_time"] = time_until(
      run, record, shown.observed, {shown.declared, instant, "the router's log does not tell"});
  if (!shown.declared && shown.first_route_event) {
    metrics["detection_time"] = metrics["detection_time_by_route"];
    metrics["detection_time"].note = "by its routes: the router's log does not tell";
  }
  metrics["first_route_convergence_time"] = time_until(
      run, record, shown.observed,
      {shown.first_packet, packet_accuracy(run), "no packet that left by the other WAN arrived"});
  metrics["full_convergence_time"] = convergence_time(run, record);
  metrics["additive_backup_delay"] = additive_backup_delay(run, record);
  measure_losses(run, record, metrics);
  return metrics;
}

Measured residue_of(const RunIndex& run, const TransitionRecord& record) {
  Measured residue{.unit = MetricUnit::kPercent, .note = "no packet left in that second"};
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
  residue.value = 100.0 * static_cast<double>(sum.elsewhere) / static_cast<double>(sum.all);
  residue.note.clear();
  return residue;
}

Named measure_failback(const RunIndex& run, const TransitionRecord& record) {
  const auto& shown = record.shown;
  const Nanos instant = kInstantAccuracy + run.tester.late_send_p99;
  const Nanos packets = packet_accuracy(run);
  Named metrics;
  metrics["restoration_time"] = time_until(
      run, record, shown.applied, {shown.observed, instant, "the path was never seen clean"});
  metrics["reversion_time"] =
      time_until(run, record, shown.applied, {shown.switched, packets, "traffic did not return"});
  metrics["hold_down_time"] =
      time_until(run, record, shown.observed, {shown.switched, packets, "traffic did not return"});
  metrics["full_convergence_time"] = convergence_time(run, record);
  metrics["post_failback_residue"] = residue_of(run, record);
  measure_losses(run, record, metrics);
  return metrics;
}

bool is_lower_better(Kind kind, std::string_view name) {
  const auto scope = kind == Kind::kFailover ? MetricScope::kFailover : MetricScope::kFailback;
  for (const auto& info : metric_catalogue())
    if (info.scope == scope && info.name == name) return info.lower_is_better;
  return true;
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
  [[nodiscard]] Measured measured() const {
    return {.value = count, .tester_share = excused, .when = when};
  }
};

void measure_router(const std::vector<TransitionRecord>& records, Named& metrics) {
  Tally switches;
  Tally failovers;
  Tally failbacks;
  Tally false_ones;
  Tally missed;
  for (const auto& record : records) {
    if (record.shown.missed) {
      missed.add(record);
      continue;
    }
    switches.add(record);
    (record.shown.kind == Kind::kFailover ? failovers : failbacks).add(record);
    if (is_false_failover(record)) false_ones.add(record);
  }
  metrics["router.switches"] = switches.measured();
  metrics["router.failovers"] = metrics["failover.count"] = failovers.measured();
  metrics["router.failbacks"] = metrics["failback.count"] = failbacks.measured();
  metrics["router.false_failovers"] = false_ones.measured();
  metrics["router.missed_failovers"] = missed.measured();
}

}  // namespace

bool is_false_failover(const TransitionRecord& record) {
  if (record.shown.kind != Kind::kFailover || record.shown.missed) return false;
  return !record.answers || (record.fault != nullptr && !record.fault->calls_for_failover());
}

void measure_transitions(const RunIndex& run, const std::vector<TransitionRecord>& records,
                         Named& metrics) {
  for (const auto& info : metric_catalogue()) {
    const bool failover = info.scope == MetricScope::kFailover;
    if (!failover && info.scope != MetricScope::kFailback) continue;
    metrics[fmt::format("{}.{}", failover ? "failover" : "failback", info.name)] = {
        .unit = info.unit, .note = failover ? "there was no failover" : "there was no failback"};
  }
  measure_router(records, metrics);
  WorstOf worst{metrics};
  for (const auto& record : records) {
    const bool failover = record.shown.kind == Kind::kFailover;
    const auto scope = failover ? "failover" : "failback";
    for (auto& [name, measured] :
         failover ? measure_failover(run, record) : measure_failback(run, record)) {
      // A false failover has no start to count from; only its gap says something.
      if (record.answers || name == "longest_gap")
        worst.take(fmt::format("{}.{}", scope, name), measured,
                   is_lower_better(record.shown.kind, name));
      metrics[fmt::format("{}.{}.{}", scope, record.shown.number, name)] = measured;
    }
  }
}

}  // namespace wandrill
