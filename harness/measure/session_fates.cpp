// SPDX-License-Identifier: Apache-2.0
#include "measure/session_fates.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "measure/recovery.hpp"
#include "measure/tcp_samples.hpp"
#include "measure/worst.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kStall = 1s;
constexpr double kStampAccuracy = 1e-3;

/// A time without an answer although requests went out.
struct Silence {
  TimeSpan span;
  bool at_the_end = false;
};

struct Loss {
  RunTime at;
  std::string how;
};

/// Connections that stood and then were lost.
std::vector<Loss> lost_connections(const RunIndex& run, const std::string& session) {
  std::vector<Loss> losses;
  bool stands = false;
  for (const auto& event : run.recording.events) {
    const auto* change = std::get_if<SessionEvent>(&event);
    if (change == nullptr || change->session != session) continue;
    const bool ended = change->state != "connecting" && change->state != "connected";
    if (stands && ended && run.timeline.contains(change->at))
      losses.push_back({change->at, change->detail.empty()
                                        ? change->state
                                        : change->state + ": " + change->detail});
    if (ended) stands = false;
    if (change->state == "connected") stands = true;
  }
  return losses;
}

/// The arrivals of answers within the timeline, with its start and the last request as its edges.
std::vector<RunTime> answers(const FlowPackets& down, const TimeSpan& timeline) {
  std::vector<RunTime> times;
  down.visit_arrivals({{0, down.size()}}, [&](std::size_t sequence) {
    if (timeline.contains(down.arrived(sequence))) times.push_back(down.arrived(sequence));
  });
  return times;
}

Silence longest_silence(const FlowPackets& down, const TimeSpan& timeline) {
  const auto range = down.within(timeline);
  if (range.first == range.last) return {};
  Silence longest;
  RunTime since = down.scheduled(range.first);
  const auto consider = [&](const Silence& one) {
    if (one.span.length() > longest.span.length()) longest = one;
  };
  for (const auto at : answers(down, timeline)) {
    consider({{since, at}, false});
    since = std::max(since, at);
  }
  consider({{since, down.scheduled(range.last - 1)}, true});
  return longest;
}

/// A session that is seldom used is silent by itself for its interval.
Nanos stall_of(const SessionPlan& session) {
  return session.interval > kStall ? session.interval + kStall : kStall;
}

bool is_hung(const FlowPackets& down, const TimeSpan& timeline, Nanos stall) {
  const auto range = down.within(timeline);
  if (range.first == range.last) return false;
  const auto times = answers(down, timeline);
  const RunTime last = times.empty() ? down.scheduled(range.first) : times.back();
  return down.scheduled(range.last - 1) - last > stall;
}

RunTime last_answer(const FlowPackets& down, const TimeSpan& timeline) {
  const auto times = answers(down, timeline);
  return times.empty() ? timeline.from : times.back();
}

SessionFate decide(const RunIndex& run, const SessionPlan& session, const Silence& silence,
                   const std::vector<Loss>& losses) {
  const auto& down = run.packets[session.down];
  SessionFate fate{.session = session.name, .fate = "survived"};
  if (is_hung(down, run.timeline, stall_of(session))) {
    fate.fate = "hung";
    fate.at = last_answer(down, run.timeline);
    fate.detail = "no answer until the end of the run";
  } else if (!losses.empty()) {
    fate.fate = "reset";
    fate.at = losses.front().at;
    fate.detail = losses.front().how;
  } else if (silence.span.length() > stall_of(session)) {
    fate.fate = "stalled";
    fate.at = silence.span.from;
    fate.detail = fmt::format("no answer for {:.2f} s", in_seconds(silence.span.length()));
  }
  return fate;
}

bool lower_is_better(std::string_view name) {
  for (const auto& info : metric_catalogue())
    if (info.scope == MetricScope::kSession && info.name == name) return info.lower_is_better;
  return true;
}

using Values = std::vector<std::pair<std::string_view, Measured>>;

Values values_of(const RunIndex& run, const SessionPlan& session, const Silence& silence,
                 const std::vector<Loss>& losses, const SessionFate& fate) {
  const auto& down = run.packets[session.down];
  const auto range = down.within(run.timeline);
  std::uint64_t responses = 0;
  for (auto i = range.first; i < range.last; ++i)
    if (down.came(i)) ++responses;
  const bool survived = fate.fate == "survived" || fate.fate == "stalled";
  const auto length = silence.span.length();
  Values values{
      {"responses", {.value = static_cast<double>(responses)}},
      {"longest_stall",
       {.value = in_seconds(length),
        .unit = MetricUnit::kSeconds,
        .accuracy = in_seconds(run.accuracy_of(session.down)),
        .tester_share = in_seconds(std::min(length, run.stalls.credit(silence.span))),
        .note = silence.at_the_end ? "until the end of the run" : ""}},
      {"survived", {.value = survived ? 1.0 : 0.0}},
      {"time_to_success", time_to_success(run, session, run.faults.faults)},
      {"time_to_success_after_restore", time_to_success(run, session, run.faults.restores)}};
  if (session.kind != TrafficKind::kTcp) return values;
  values.emplace_back("resets", Measured{.value = static_cast<double>(losses.size())});
  const auto samples = sum_tcp_samples(run, session.name);
  Measured retransmits{.value = static_cast<double>(samples.retransmits)};
  Measured rto{.value = in_seconds(samples.longest_rto),
               .unit = MetricUnit::kSeconds,
               .accuracy = kStampAccuracy};
  if (samples.samples == 0)
    for (auto* measured : {&retransmits, &rto}) {
      measured->value.reset();
      measured->note = "no connection was looked at";
    }
  values.emplace_back("retransmits", retransmits);
  values.emplace_back("longest_rto", rto);
  return values;
}

}  // namespace

std::vector<SessionFate> measure_sessions(const RunIndex& run,
                                          std::map<std::string, Measured>& metrics) {
  std::vector<SessionFate> fates;
  WorstOf worst{metrics};
  for (const auto& session : run.plan.traffic.sessions) {
    if (session.traits().shape != FlowShape::kRequests) continue;
    const auto silence = longest_silence(run.packets[session.down], run.timeline);
    const auto losses = lost_connections(run, session.name);
    fates.push_back(decide(run, session, silence, losses));
    for (const auto& [name, measured] : values_of(run, session, silence, losses, fates.back())) {
      metrics[fmt::format("{}.{}", session.name, name)] = measured;
      if (session.group != session.name)
        worst.take(fmt::format("{}.{}", session.group, name), measured, lower_is_better(name));
    }
  }
  return fates;
}

}  // namespace wandrill
