// SPDX-License-Identifier: Apache-2.0
#include "measure/index/run_index.hpp"

#include <algorithm>

#include "measure/index/backlog.hpp"
#include "measure/index/in_parallel.hpp"
#include "measure/index/packet_index.hpp"
#include "measure/index/percentile.hpp"
#include "measure/index/stall_credit.hpp"
#include "measure/index/tester_error.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kMostInFlight = 1s;
constexpr Nanos kInFlightSpare = 10ms;

std::optional<RunInstant> start_of_stage(const EventIndex& events, std::string_view stage) {
  for (const auto* entered : events.of<StageEvent>())
    if (entered->stage == stage) return entered->at;
  return std::nullopt;
}

/// When the recording ended: its last stage, or the last thing in it.
RunInstant end_of(const Recording& recording, const EventIndex& events,
                  const PacketIndex& packets) {
  if (const auto end = start_of_stage(events, "end")) return *end;
  RunInstant end{};
  for (const auto& event : recording.events)
    end = std::max(end, instant_of(event));
  end = std::max(end, packets.last_scheduled.value_or(end));
  return std::max(end, packets.last_received.value_or(end));
}

RunInstant begin_of(const Recording& recording, const EventIndex& events,
                    const PacketIndex& packets) {
  if (const auto begin = start_of_stage(events, "timeline")) return *begin;
  // It never came so far.
  if (start_of_stage(events, "bring_up")) return end_of(recording, events, packets);
  return packets.first_scheduled.value_or(RunInstant{});
}

std::optional<Nanos> usual_delay(const FlowPackets& packets) {
  std::vector<Nanos> delays;
  for (std::size_t i = 0; i < packets.size(); ++i)
    if (packets.came(i)) delays.push_back(packets.delay(i));
  return percentile(delays, 50);
}

/// What of a flow depends on nothing else.
void finish_flows(RunIndex& run) {
  const auto& flows = run.plan.traffic.flows;
  std::vector<Nanos> medians(flows.size());
  run.loss_periods.resize(flows.size());
  in_parallel(flows.size(), [&](std::size_t i) {
    auto& packets = run.packets[i];
    packets.finish(run.timeline.until);
    medians[i] = usual_delay(packets).value_or(Nanos{0});
    run.loss_periods[i] =
        find_loss_periods(packets, run.timeline, run.stalls, run.session_of(flows[i].id).name);
  });
  const auto slowest = medians.empty() ? Nanos{0} : std::ranges::max(medians);
  run.in_flight = std::min(std::max(slowest, Nanos{0}) + kInFlightSpare, kMostInFlight);
}

/// What leaves although it must not, or may not leave by every WAN, says nothing of where the
/// router sends the rest; a tunnel, whose end keeps to itself when it speaks, only where there is
/// nothing else.
std::vector<const Egress*> telling_of_the_router(const TrafficPlan& traffic,
                                                 const std::vector<Egress>& all) {
  std::vector<const Egress*> telling;
  std::vector<const Egress*> tunnels;
  for (const auto& egress : all) {
    const auto& session = traffic.session_of(egress.flow);
    if (!session.tells_of_the_router()) continue;
    (session.traits().shape == FlowShape::kTunnel ? tunnels : telling).push_back(&egress);
  }
  return telling.empty() ? tunnels : telling;
}

}  // namespace

const Egress* RunIndex::egress_of(FlowId flow) const {
  const auto found = std::ranges::find(egress, flow, &Egress::flow);
  return found == egress.end() ? nullptr : &*found;
}

bool RunIndex::is_reference_flow(FlowId flow) const {
  const auto& session = session_of(flow);
  if (session.tells_of_the_path()) return true;
  const bool has_reference_flows =
      std::ranges::any_of(plan.traffic.sessions, &SessionPlan::tells_of_the_path);
  return !has_reference_flows && session.must_flow();
}

RunIndex index_run(const Plan& plan, const Recording& recording) {
  auto packets = index_packets(plan.traffic, recording);
  EventIndex events{recording.events};
  RunIndex run{
      .plan = plan,
      .recording = recording,
      .timeline = {begin_of(recording, events, packets), end_of(recording, events, packets)},
      .tester = {},
      .events = std::move(events),
      .stalls = StallLog{recording.events},
      .faults = index_faults(plan, recording.events)};
  run.tester = measure_tester(recording, packets, run.stalls);
  run.packets = std::move(packets.flows);
  finish_flows(run);
  auto taps = index_taps(plan, recording, run.timeline);
  run.egress = std::move(taps.egress);
  run.outer = std::move(taps.outer);
  run.in_clear = std::move(taps.in_clear);
  run.history = find_switches(telling_of_the_router(plan.traffic, run.egress), run.timeline.from);
  credit_stalled_router(run);
  credit_backlogs(run);
  return run;
}

}  // namespace wandrill
