// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/session_fates.hpp"

#include <algorithm>

#include "measure/index/recovery.hpp"
#include "measure/kinds/session_history.hpp"
#include "plan/metrics/request_metrics.hpp"

namespace wandrill {
namespace {

Reading<Count> responses_of(const RunIndex& run, const SessionPlan& session) {
  const auto& down = run.packets[session.down];
  const auto range = down.within(run.timeline);
  std::uint64_t responses = 0;
  for (auto i = range.first; i < range.last; ++i)
    if (down.came(i)) ++responses;
  return counted(responses);
}

Reading<Seconds> longest_stall(const RunIndex& run, const SessionPlan& session,
                               const SessionHistory& story) {
  const auto silence = story.longest_silence();
  const auto length = silence.span.length();
  return {.value = length,
          .accuracy = run.accuracy_of(session.down),
          .tester_share = std::min(length, run.stalls.credit(silence.span)),
          .note = silence.at_the_end ? "until the end of the run" : "",
          .when = silence.span};
}

void measure_session(const RunIndex& run, const SessionPlan& session, MetricSink& sink) {
  const auto of = of_session(session);
  const auto story = read_history(run, session);
  auto fate = decide_fate(story, session, run.stalls);
  const bool survived = fate.fate != "never_recovered" && story.losses.empty();
  sink.set(of, metrics::requests::kResponses, responses_of(run, session));
  sink.set(of, metrics::requests::kLongestStall, longest_stall(run, session, story));
  sink.set(of, metrics::requests::kSurvived, counted(survived ? 1 : 0));
  sink.set(of, metrics::requests::kTimeToSuccess, time_to_success(run, session, run.faults.faults));
  sink.set(of, metrics::requests::kTimeToSuccessAfterRestore,
           time_to_success(run, session, run.faults.restores));
  if (session.traits().has(metrics::connection::kResets))
    sink.set(of, metrics::connection::kResets, counted(story.losses.size()));
  sink.add(std::move(fate));
}

}  // namespace

void measure_sessions(const RunIndex& run, MetricSink& sink) {
  for (const auto& session : run.plan.traffic.sessions)
    if (session.traits().shape == FlowShape::kRequests) measure_session(run, session, sink);
}

}  // namespace wandrill
