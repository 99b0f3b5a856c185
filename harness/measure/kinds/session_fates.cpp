// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/session_fates.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "measure/index/recovery.hpp"
#include "measure/kinds/session_story.hpp"
#include "measure/kinds/tcp_samples.hpp"
#include "measure/worst.hpp"

namespace wandrill {
namespace {

constexpr double kStampAccuracy = 1e-3;

bool lower_is_better(std::string_view name) {
  for (const auto& info : metric_catalogue())
    if (info.scope == MetricScope::kSession && info.name == name) return info.lower_is_better;
  return true;
}

using Values = std::vector<std::pair<std::string_view, Measured>>;

Values values_of(const RunIndex& run, const SessionPlan& session, const SessionStory& story,
                 const SessionFate& fate) {
  const auto silence = story.longest_silence();
  const auto& down = run.packets[session.down];
  const auto range = down.within(run.timeline);
  std::uint64_t responses = 0;
  for (auto i = range.first; i < range.last; ++i)
    if (down.came(i)) ++responses;
  const bool survived = fate.fate != "never_recovered" && story.losses.empty();
  const auto length = silence.span.length();
  Values values{
      {"responses", {.value = static_cast<double>(responses)}},
      {"longest_stall",
       {.value = in_seconds(length),
        .unit = MetricUnit::kSeconds,
        .accuracy = in_seconds(run.accuracy_of(session.down)),
        .tester_share = in_seconds(std::min(length, run.stalls.credit(silence.span))),
        .note = silence.at_the_end ? "until the end of the run" : "",
        .when = silence.span}},
      {"survived", {.value = survived ? 1.0 : 0.0}},
      {"time_to_success", time_to_success(run, session, run.faults.faults)},
      {"time_to_success_after_restore", time_to_success(run, session, run.faults.restores)}};
  if (session.kind == TrafficKind::kDns) return values;
  values.emplace_back("resets", Measured{.value = static_cast<double>(story.losses.size())});
  if (session.kind != TrafficKind::kTcp) return values;
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
    const auto story = tell_story(run, session);
    fates.push_back(decide_fate(story, session, run.stalls));
    for (const auto& [name, measured] : values_of(run, session, story, fates.back())) {
      metrics[fmt::format("{}.{}", session.name, name)] = measured;
      if (session.group != session.name)
        worst.take(fmt::format("{}.{}", session.group, name), measured, lower_is_better(name));
    }
  }
  return fates;
}

}  // namespace wandrill
