// SPDX-License-Identifier: Apache-2.0
#include "traffic/flow_recorder.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>

#include "record/recorder.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

/// How long a packet may take before the live view calls it lost. The Forwarding Delay Threshold
/// is often seconds, too slow to steer a run by.
Nanos allowance_of(const SessionPlan& session) {
  return std::clamp<Nanos>(session.late_after, 100ms, 500ms);
}

std::int32_t saturate(Nanos value) {
  return static_cast<std::int32_t>(
      std::clamp<Nanos::rep>(value.count(), INT32_MIN, SentColumns::kNotSent - 1));
}

}  // namespace

FlowRecorder::FlowRecorder(const TrafficPlan& plan, Recorder& recorder, RunOrigin origin)
    : plan_{plan}, recorder_{recorder}, origin_{origin} {
  assert(std::ranges::all_of(plan.sessions, [](const SessionPlan& session) {
    return session.down == down_flow_of(session.up);
  }));
  live_.reserve(plan.flows.size());
  for (const auto& flow : plan.flows) {
    const auto& session = plan.sessions[flow.session];
    live_.push_back({Arrivals{session.interval, allowance_of(session)}, {}, {}, {}});
  }
}

void FlowRecorder::sent(FlowId flow, std::uint64_t sequence, Clock::time_point scheduled,
                        Clock::time_point actual) {
  recorder_.sent(flow, sequence, origin_.at(scheduled), saturate(actual - scheduled));
  live_[flow].arrivals.sent(sequence, origin_.at(scheduled));
  live_[flow].last_sent = origin_.at(actual);
}

void FlowRecorder::tried(FlowId flow, std::uint64_t sequence, Clock::time_point scheduled,
                         Clock::time_point actual, int refusal) {
  if (refusal == ENOBUFS || refusal == EAGAIN)
    refused(flow, sequence, scheduled);
  else
    sent(flow, sequence, scheduled, actual);
}

void FlowRecorder::refused(FlowId flow, std::uint64_t sequence, Clock::time_point scheduled) {
  recorder_.sent(flow, sequence, origin_.at(scheduled), SentColumns::kNotSent);
  live_[flow].arrivals.sent(sequence, origin_.at(scheduled));
  live_[flow].arrivals.received(sequence, origin_.at(scheduled));  // not lost in the network
}

void FlowRecorder::received(FlowId flow, std::uint64_t sequence, Clock::time_point stamp,
                            Clock::time_point read) {
  recorder_.received(flow, sequence, origin_.at(stamp), saturate(read - stamp));
  live_[flow].arrivals.received(sequence, origin_.at(stamp));
  live_[flow].last_received = origin_.at(stamp);
}

void FlowRecorder::tapped(const TapObservation& s) {
  if (s.flow >= live_.size()) return;
  const auto seen = origin_.at(s.stamp);
  recorder_.tapped(s.flow, s.sequence, seen, s.wan, s.direction == Direction::kUp ? 0 : 1,
                   s.source);
  auto& wan = live_[s.flow].wan;
  if (!wan || wan->seen <= seen) wan = WanView{s.wan, seen};
}

FlowView FlowRecorder::view_of(const Live& live, RunInstant now) const {
  return {live.last_sent, live.last_received, live.arrivals.recent_loss(now)};
}

SessionView FlowRecorder::view(std::size_t session, RunInstant now) const {
  const auto& up = live_[plan_.sessions[session].up];
  const auto& down = live_[plan_.sessions[session].down];
  return {view_of(up, now), view_of(down, now), up.wan, down.wan};
}

std::optional<RunInstant> FlowRecorder::lossless_since(FlowId flow, RunInstant now) {
  return live_[flow].arrivals.lossless_since(now);
}

}  // namespace wandrill
