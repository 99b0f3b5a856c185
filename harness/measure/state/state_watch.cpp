// SPDX-License-Identifier: Apache-2.0
#include "measure/state/state_watch.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/pattern.hpp"

namespace wandrill {
namespace {

constexpr int kFlowingPackets = 5;

/// Says of one flow from when on a condition holds, no earlier than `from` and for `lasting`.
struct Holding {
  std::optional<RunInstant> since;
  std::string why_not;
};

Holding leaves_by(const Egress& egress, const std::string& flow, const TimeSpan& wanted,
                  const RunIndex& run, std::uint8_t wan) {
  // `wanted`: from when on, until the end of what can be seen.
  RunInstant since = wanted.from;
  for (std::size_t i = 0; i < egress.runs.size(); ++i) {
    const auto& leg = egress.runs[i];
    if (leg.last < wanted.from) continue;
    if (leg.wan == wan) return {std::max(since, leg.first), ""};
    since = leg.last;
  }
  // TCP that says nothing does not contradict.
  if (!egress.on_schedule && (egress.runs.empty() || egress.runs.back().last < wanted.from))
    return {wanted.from, ""};
  if (egress.runs.empty() || egress.runs.back().last < wanted.from)
    return {std::nullopt, flow + " no longer left the router"};
  return {std::nullopt,
          fmt::format("{} went on leaving by {}", flow, run.wan_name(egress.runs.back().wan))};
}

/// TCP speaks when its timers allow, so where anything keeps a schedule, only that tells the
/// egress.
bool tells_egress(const RunIndex& run, const Egress& egress) {
  return egress.on_schedule || std::none_of(run.egress.begin(), run.egress.end(),
                                            [](const Egress& one) { return one.on_schedule; });
}

/// When the flow stops leaving by `wan` after `since`; nothing if it never does. A pause counts for
/// flows on a schedule.
std::optional<RunInstant> strays_at(const Egress& egress, const TimeSpan& span, std::uint8_t wan) {
  for (const auto& leg : egress.runs) {
    if (leg.last < span.from) continue;
    if (leg.wan != wan && leg.first < span.until) return std::max(leg.first, span.from);
    if (leg.wan == wan && egress.on_schedule && leg.first <= span.from) {
      const auto* next = &leg + 1;
      const bool is_last = next == egress.runs.data() + egress.runs.size();
      if (!is_last && leg.last < span.until && next->first < span.until) return leg.last;
    }
  }
  return std::nullopt;
}

std::optional<std::uint8_t> wan_named(const RunIndex& run, const std::string& name) {
  for (std::size_t i = 0; i < run.plan.topology.wans.size(); ++i)
    if (run.plan.topology.wans[i].name == name) return static_cast<std::uint8_t>(i);
  return std::nullopt;
}

bool is_meant(const RunIndex& run, const FlowPlan& flow, const std::string& name) {
  const auto& session = run.session_of(flow.id);
  if (name != flow.name && !session.is_counted(flow.direction)) return false;
  return name.empty() || name == flow.name || name == session.name || name == session.group ||
         name == session.group + (flow.direction == Direction::kUp ? ".up" : ".down");
}

/// The end of traffic: after it nothing can last.
RunInstant last_scheduled(const RunIndex& run) {
  RunInstant last = run.timeline.from;
  for (const auto& packets : run.packets)
    if (packets.size() > 0) last = std::max(last, packets.scheduled(packets.size() - 1));
  return last;
}

std::string not_long_enough(Nanos lasting) {
  return fmt::format("it did not last {:g} s", in_seconds(lasting));
}

struct Candidate {
  RunInstant at;
  Nanos accuracy{0};
};

/// The earliest instant from `from` on at which every flow leaves by the WAN.
std::optional<Candidate> all_leave_by(const RunIndex& run, std::uint8_t wan, RunInstant from,
                                      std::string& why_not) {
  Candidate latest{from, Nanos::max()};
  for (const auto& egress : run.egress) {
    if (!tells_egress(run, egress)) continue;
    const auto& name = run.plan.traffic.flows[egress.flow].name;
    const auto holding = leaves_by(egress, name, {from, RunInstant::max()}, run, wan);
    if (!holding.since) {
      why_not = holding.why_not;
      return std::nullopt;
    }
    const Nanos interval = run.session_of(egress.flow).interval;
    if (*holding.since > latest.at) latest = {*holding.since, interval};
    if (*holding.since == latest.at) latest.accuracy = std::min(latest.accuracy, interval);
  }
  return latest;
}

}  // namespace

Reached watch_egress(const RunIndex& run, const StateExpectation& expected, RunInstant from) {
  const auto wan = wan_named(run, expected.state.wan);
  if (!wan || run.egress.empty()) return {.why_not = "no packet was seen leaving the router"};
  const RunInstant end = last_scheduled(run);
  Reached result;
  RunInstant candidate = from;
  while (candidate + expected.lasting <= end) {
    const auto all = all_leave_by(run, *wan, candidate, result.why_not);
    if (!all) return result;
    const TimeSpan span{all->at, all->at + expected.lasting};
    std::optional<RunInstant> stray;
    for (const auto& egress : run.egress) {
      if (!tells_egress(run, egress)) continue;
      const auto at = strays_at(egress, span, *wan);
      if (at && (!stray || *at > *stray)) stray = at;
    }
    if (!stray && span.until <= end) return {all->at, all->accuracy, ""};
    candidate = std::max(all->at, stray.value_or(all->at)) + Nanos{1};
    result.why_not = not_long_enough(expected.lasting);
    if (!stray) return result;
  }
  if (result.why_not.empty()) result.why_not = "the run ended too soon to tell";
  return result;
}

Reached watch_flowing(const RunIndex& run, const StateExpectation& expected, RunInstant from) {
  Reached result;
  RunInstant since = from;
  bool moved = true;
  const auto lasting_of = [&](FlowId flow) {
    return std::max(expected.lasting, run.session_of(flow).interval * kFlowingPackets);
  };
  while (moved) {
    moved = false;
    for (const auto& flow : run.plan.traffic.flows) {
      if (!is_meant(run, flow, expected.state.session)) continue;
      result.accuracy = std::max(result.accuracy, run.session_of(flow.id).interval);
      for (const auto& period : run.loss_periods[flow.id]) {
        if (end_of(period) <= since) continue;
        if (period.first_missing >= since + lasting_of(flow.id)) break;
        if (period.open) return {.why_not = flow.name + " never came back"};
        since = end_of(period);
        moved = true;
      }
    }
  }
  for (const auto& flow : run.plan.traffic.flows) {
    if (!is_meant(run, flow, expected.state.session)) continue;
    const auto& packets = run.packets[flow.id];
    if (packets.size() == 0 || packets.scheduled(packets.size() - 1) < since + expected.lasting)
      return {.why_not = flow.name + " was not seen for long enough"};
  }
  result.at = since;
  return result;
}

Reached watch_log(const RunIndex& run, const StateExpectation& expected, RunInstant from) {
  const Pattern pattern{expected.state.pattern};
  Reached result{.why_not = "no line of the router's log matches"};
  for (const auto* line : run.events_of<LogEvent>()) {
    if (line->at < from || (result.at && line->at >= *result.at)) continue;
    if (pattern.search(line->line)) result.at = line->at;
  }
  if (result.at) result.why_not.clear();
  return result;
}

Reached watch_alert(const RunIndex& run, const StateExpectation& expected, RunInstant from) {
  const Pattern pattern{expected.state.pattern};
  Reached result{.why_not = "no monitor was told so"};
  for (const auto* alert : run.events_of<AlertEvent>()) {
    if (alert->at < from || (result.at && alert->at >= *result.at)) continue;
    const auto& channel = expected.state.channel;
    if (!channel.empty() && alert->channel != channel) continue;
    if (pattern.search(alert->text)) result.at = alert->at;
  }
  if (result.at) result.why_not.clear();
  return result;
}

}  // namespace wandrill
