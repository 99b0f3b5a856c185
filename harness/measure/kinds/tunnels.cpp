// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/tunnels.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace wandrill {
namespace {

constexpr double kStampAccuracy = 1e-4;

/// A time after a switch.
struct After {
  std::string what;  ///< "failover 1"
  TimeSpan span;     ///< From the switch until the next one.
  std::string wan;   ///< That the router went to.
  bool is_failback = false;
};

std::vector<After> switches(const RunIndex& run, const std::vector<Transition>& transitions) {
  std::vector<After> all;
  for (const auto& transition : transitions) {
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

Measured seconds(std::string note) {
  return {.unit = MetricUnit::kSeconds, .accuracy = kStampAccuracy, .note = std::move(note)};
}

/// Keeps the longer time; one that never ended is longer than all.
void keep_longest(Measured& longest, const Measured& one, bool& never) {
  if (never) return;
  never = !one.value;
  if (never || !longest.value || *one.value > *longest.value) longest = one;
}

/// Without a switch, and without one that was due, there was nothing to follow.
Measured without_switch(const std::vector<Transition>& transitions, std::string note) {
  auto nothing = seconds(std::move(note));
  nothing.untried = std::ranges::none_of(transitions, &Transition::missed);
  return nothing;
}

Measured roam_time(const RunIndex& run, const std::vector<After>& switches,
                   const std::vector<OuterPacket>& down, Measured longest) {
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
      one.value = in_seconds(found->at - after.span.from);
      one.tester_share =
          std::min(*one.value, in_seconds(run.stalls.credit({after.span.from, found->at})));
    }
    keep_longest(longest, one, never);
  }
  return longest;
}

Measured stuck_on_backup(const RunIndex& run, const std::vector<After>& switches,
                         const std::vector<OuterPacket>& up, Measured longest) {
  bool never = false;
  for (const auto& after : switches) {
    if (!after.is_failback) continue;
    auto one = seconds(after.what);
    TimeSpan behind{after.span.from, after.span.from};
    for (const auto& outer : up)
      if (after.span.contains(outer.at) && run.wan_name(outer.wan) != after.wan)
        behind.until = outer.at;
    one.value = in_seconds(behind.length());
    one.when = behind;
    one.tester_share = std::min(*one.value, in_seconds(run.stalls.credit(behind)));
    keep_longest(longest, one, never);
  }
  return longest;
}

/// Over the whole recording: the first one was before the timeline.
void measure_handshakes(const RunIndex& run, const SessionPlan& session,
                        std::map<std::string, Measured>& metrics) {
  double within = 0;
  auto age = seconds("no handshake was seen");
  for (const auto& event : run.recording.events) {
    const auto* shake = std::get_if<TunnelEvent>(&event);
    if (shake == nullptr || shake->session != session.name || shake->message != "response")
      continue;
    if (run.timeline.contains(shake->at)) ++within;
    age.value = in_seconds(run.timeline.until - shake->at);
    age.note.clear();
  }
  metrics[session.name + ".handshakes"] = {.value = within};
  metrics[session.name + ".handshake_age"] = age;
}

Measured packets_in_clear(const RunIndex& run, const SessionPlan& tunnel) {
  Measured count{.value = 0.0};
  for (const auto& flow : run.plan.traffic.flows) {
    if (run.session_of(flow.id).through != tunnel.name) continue;
    const auto& seen = run.in_clear[flow.id];
    if (seen.packets == 0) continue;
    *count.value += static_cast<double>(seen.packets);
    if (!count.when || seen.first < count.when->from) count.when = {seen.first, seen.first};
  }
  return count;
}

}  // namespace

void measure_tunnels(const RunIndex& run, const std::vector<Transition>& transitions,
                     std::map<std::string, Measured>& metrics) {
  const auto all = switches(run, transitions);
  for (const auto& session : run.plan.traffic.sessions) {
    if (session.traits().shape != FlowShape::kTunnel) continue;
    metrics[session.name + ".roam_time"] =
        roam_time(run, all, run.outer[session.down],
                  without_switch(transitions, "the router did not switch"));
    metrics[session.name + ".stuck_on_backup"] =
        stuck_on_backup(run, all, run.outer[session.up],
                        without_switch(transitions, "the router did not fail back"));
    measure_handshakes(run, session, metrics);
    metrics[session.name + ".in_clear"] = packets_in_clear(run, session);
  }
}

}  // namespace wandrill
