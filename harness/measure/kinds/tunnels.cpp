// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/tunnels.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "plan/kinds/tunnel_metrics.hpp"

namespace wandrill {
namespace {

constexpr Seconds kStampAccuracy{1e-4};

/// A time after a switch.
struct After {
  std::string what;  ///< "failover 1"
  TimeSpan span;     ///< From the switch until the next one.
  std::string wan;   ///< That the router went to.
  bool is_failback = false;
};

std::vector<After> switches(const RunIndex& run) {
  std::vector<After> all;
  for (const auto& record : run.transitions) {
    const auto& transition = record.shown;
    if (!transition.switched || transition.missed) continue;
    const bool is_failback = transition.kind == Transition::Kind::kFailback;
    if (!all.empty()) all.back().span.until = *transition.switched;
    all.push_back({fmt::format("{} {}", is_failback ? "failback" : "failover", transition.number),
                   {*transition.switched, run.timeline.until},
                   transition.to_wan,
                   is_failback});
  }
  return all;
}

Reading<Seconds> seconds(std::string note) {
  return {.accuracy = kStampAccuracy, .note = std::move(note)};
}

/// Keeps the longer time; one that never ended is longer than all.
void keep_longest(Reading<Seconds>& longest, const Reading<Seconds>& one, bool& never) {
  if (never) return;
  never = !one.value;
  if (never || !longest.value || *one.value > *longest.value) longest = one;
}

/// Without a switch, and without one that was due, there was nothing to follow.
Reading<Seconds> without_switch(const RunIndex& run, std::string note) {
  auto nothing = seconds(std::move(note));
  nothing.untried = std::ranges::none_of(
      run.transitions, [](const TransitionRecord& record) { return record.shown.missed; });
  return nothing;
}

Reading<Seconds> roam_time(const RunIndex& run, const std::vector<After>& switches,
                           const std::vector<OuterPacket>& down, Reading<Seconds> longest) {
  bool never = false;
  for (const auto& after : switches) {
    const auto found = std::ranges::find_if(down, [&](const OuterPacket& outer) {
      return after.span.contains(outer.at) && run.wan_name(outer.wan) == after.wan;
    });
    auto one = seconds(after.what);
    one.when = {after.span.from, found == down.end() ? after.span.until : found->at};
    if (found == down.end()) {
      one.note = fmt::format("nothing came in by {} after {}", after.wan, after.what);
    } else {
      one.value = found->at - after.span.from;
      one.tester_share =
          std::min<Seconds>(*one.value, run.stalls.credit({after.span.from, found->at}));
    }
    keep_longest(longest, one, never);
  }
  return longest;
}

Reading<Seconds> stuck_on_backup(const RunIndex& run, const std::vector<After>& switches,
                                 const std::vector<OuterPacket>& up, Reading<Seconds> longest) {
  bool never = false;
  for (const auto& after : switches) {
    if (!after.is_failback) continue;
    auto one = seconds(after.what);
    TimeSpan behind{after.span.from, after.span.from};
    for (const auto& outer : up)
      if (after.span.contains(outer.at) && run.wan_name(outer.wan) != after.wan)
        behind.until = outer.at;
    one.value = behind.length();
    one.when = behind;
    one.tester_share = std::min<Seconds>(*one.value, run.stalls.credit(behind));
    keep_longest(longest, one, never);
  }
  return longest;
}

/// Over the whole recording: the first one was before the timeline.
void measure_handshakes(const RunIndex& run, const SessionPlan& session, MetricSink& sink) {
  auto within = counted(0);
  auto age = seconds("no handshake was seen");
  for (const auto* shake : run.events_of<TunnelEvent>(session)) {
    if (shake->message != "response") continue;
    if (run.timeline.contains(shake->at)) *within.value += Count{1};
    age.value = run.timeline.until - shake->at;
    age.note.clear();
  }
  sink.set(of_session(session), metrics::tunnel::kHandshakes, within);
  sink.set(of_session(session), metrics::tunnel::kHandshakeAge, age);
}

Reading<Count> packets_in_clear(const RunIndex& run, const SessionPlan& tunnel) {
  auto count = counted(0);
  for (const auto& flow : run.plan.traffic.flows) {
    if (run.session_of(flow.id).through != tunnel.name) continue;
    const auto& seen = run.in_clear[flow.id];
    if (seen.packets == 0) continue;
    *count.value += *counted(seen.packets).value;
    if (!count.when || seen.first < count.when->from) count.when = {seen.first, seen.first};
  }
  return count;
}

}  // namespace

void measure_tunnels(const RunIndex& run, MetricSink& sink) {
  using namespace metrics::tunnel;
  const auto all = switches(run);
  for (const auto& session : run.plan.traffic.sessions) {
    if (session.traits().shape != FlowShape::kTunnel) continue;
    sink.set(of_session(session), kRoamTime,
             roam_time(run, all, run.outer[session.down],
                       without_switch(run, "the router did not switch")));
    sink.set(of_session(session), kStuckOnBackup,
             stuck_on_backup(run, all, run.outer[session.up],
                             without_switch(run, "the router did not fail back")));
    measure_handshakes(run, session, sink);
    sink.set(of_session(session), kInClear, packets_in_clear(run, session));
  }
}

}  // namespace wandrill
