// SPDX-License-Identifier: Apache-2.0
#include "measure/run_index.hpp"

#include <algorithm>

#include "measure/percentile.hpp"
#include "measure/tester_error.hpp"
#include "measure/upset.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kMostInFlight = 1s;
constexpr Nanos kInFlightSpare = 10ms;

std::optional<RunTime> start_of_stage(const Recording& recording, std::string_view stage) {
  for (const auto& event : recording.events)
    if (const auto* entered = std::get_if<StageEvent>(&event))
      if (entered->stage == stage) return entered->at;
  return std::nullopt;
}

RunTime latest(const std::vector<std::int64_t>& column, RunTime so_far) {
  if (column.empty()) return so_far;
  return std::max(so_far, RunTime{Nanos{*std::max_element(column.begin(), column.end())}});
}

/// When the recording ended: its last stage, or the last thing in it.
RunTime end_of(const Recording& recording) {
  if (const auto end = start_of_stage(recording, "end")) return *end;
  RunTime end{};
  for (const auto& event : recording.events)
    end = std::max(end, instant_of(event));
  end = latest(recording.sent.scheduled, end);
  return latest(recording.received.at, end);
}

RunTime begin_of(const Recording& recording) {
  if (const auto begin = start_of_stage(recording, "timeline")) return *begin;
  if (start_of_stage(recording, "bring_up")) return end_of(recording);  // it never came so far
  const auto& scheduled = recording.sent.scheduled;
  if (scheduled.empty()) return RunTime{};
  return RunTime{Nanos{*std::min_element(scheduled.begin(), scheduled.end())}};
}

Nanos slowest_median_delay(const std::vector<FlowPackets>& flows) {
  Nanos slowest{0};
  for (const auto& packets : flows) {
    std::vector<Nanos> delays;
    for (const auto sequence : packets.arrivals)
      delays.push_back(packets.delay(sequence));
    slowest = std::max(slowest, percentile(delays, 50).value_or(Nanos{0}));
  }
  return slowest;
}

/// What leaves although it must not, or may not leave by every WAN, says nothing of where the
/// router sends the rest; a tunnel, whose end keeps to itself when it speaks, only where there is
/// nothing else.
std::vector<Egress> telling_of_the_router(const TrafficPlan& traffic,
                                          const std::vector<Egress>& all) {
  std::vector<Egress> telling;
  std::vector<Egress> tunnels;
  for (const auto& egress : all) {
    const auto& session = traffic.session_of(egress.flow);
    const auto shape = session.traits().shape;
    if (shape == FlowShape::kForbidden || !session.through.empty() || session.confined) continue;
    (shape == FlowShape::kTunnel ? tunnels : telling).push_back(egress);
  }
  return telling.empty() ? tunnels : telling;
}

}  // namespace

bool RunIndex::is_ruler(FlowId flow) const {
  const auto& session = session_of(flow);
  if (session.tells_of_the_path()) return true;
  const bool has_rulers =
      std::ranges::any_of(plan.traffic.sessions, &SessionPlan::tells_of_the_path);
  return !has_rulers && session.must_flow();
}

RunIndex index_run(const Plan& plan, const Recording& recording) {
  RunIndex run{.plan = plan,
               .recording = recording,
               .timeline = {begin_of(recording), end_of(recording)},
               .tester = {},
               .stalls = StallLog{recording.events},
               .faults = index_faults(plan, recording.events)};
  run.tester = measure_tester(recording, run.stalls);
  run.packets = index_packets(plan.traffic, recording, run.timeline.until);
  run.in_flight = std::min(slowest_median_delay(run.packets) + kInFlightSpare, kMostInFlight);
  for (const auto& flow : plan.traffic.flows)
    run.loss_periods.push_back(find_loss_periods(run.packets[flow.id], run.timeline, run.stalls,
                                                 run.session_of(flow.id).name));
  run.egress = index_egress(plan, recording);
  run.history = find_switches(telling_of_the_router(plan.traffic, run.egress), run.timeline.from);
  credit_upset_router(run);
  return run;
}

}  // namespace wandrill
