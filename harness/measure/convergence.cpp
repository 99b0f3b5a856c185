// SPDX-License-Identifier: Apache-2.0
#include "measure/convergence.hpp"

#include <algorithm>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kShortestProof = 1s;
constexpr int kPacketsOfProof = 5;

Nanos proof_of(const RunIndex& run) {
  Nanos proof = run.plan.sustained_for;
  for (const auto& flow : run.plan.traffic.flows)
    if (run.is_ruler(flow.id))
      proof = std::max(proof, run.session_of(flow.id).interval * kPacketsOfProof);
  return proof;
}

/// The times in which some packet flow was dark, from `from` until `until`, in order.
std::vector<TimeSpan> dark_times(const RunIndex& run, RunTime from, RunTime until) {
  std::vector<TimeSpan> dark;
  for (const auto& flow : run.plan.traffic.flows) {
    if (!run.is_ruler(flow.id)) continue;
    for (const auto& period : run.loss_periods[flow.id])
      if (end_of(period) > from && period.first_missing < until)
        dark.push_back({period.first_missing, period.open ? RunTime::max() : end_of(period)});
  }
  std::sort(dark.begin(), dark.end(),
            [](const TimeSpan& a, const TimeSpan& b) { return a.from < b.from; });
  return dark;
}

/// For a failback, when the last outgoing packet flow was back; losses need not tell of it.
RunTime last_flow_back(const RunIndex& run, const Transition& transition) {
  RunTime last = *transition.switched;
  for (const auto& egress : run.egress) {
    if (!run.is_ruler(egress.flow)) continue;
    for (const auto& one : egress.runs)
      if (run.wan_name(one.wan) != transition.to_wan && one.first < *transition.ended &&
          one.last >= last)
        last = std::min(one.last + run.session_of(egress.flow).interval, *transition.ended);
  }
  return last;
}

}  // namespace

std::optional<RunTime> first_unimpaired_packet(const RunIndex& run, const WanSwitch& one) {
  std::optional<RunTime> first;
  for (const auto& egress : run.egress) {
    const auto& packets = run.packets[egress.flow];
    const auto from =
        std::lower_bound(egress.sightings.begin(), egress.sightings.end(), one.at,
                         [](const Sighting& seen, RunTime at) { return seen.at < at; });
    const auto found = std::find_if(from, egress.sightings.end(), [&](const Sighting& seen) {
      return seen.wan == one.to && seen.sequence < packets.size() &&
             packets.fate[seen.sequence] == PacketFate::kArrived;
    });
    if (found != egress.sightings.end() && (!first || found->at < *first)) first = found->at;
  }
  return first;
}

std::optional<RunTime> convergence_of(const RunIndex& run, const Transition& transition) {
  if (!transition.first_packet || *transition.first_packet >= *transition.ended)
    return std::nullopt;
  const RunTime until = *transition.ended;
  // Packets on their way when the next step hits are that step's.
  const RunTime losses_until = until < run.timeline.until ? until - run.in_flight : until;
  const Nanos proof = proof_of(run);
  RunTime since = *transition.first_packet;
  if (transition.kind == Transition::Kind::kFailback)
    since = std::max(since, last_flow_back(run, transition));
  for (const auto& dark : dark_times(run, since, losses_until)) {
    if (dark.from - since >= proof && dark.from > since) return since;
    since = std::max(since, dark.until);
  }
  if (since >= until || until - since < std::min(proof, kShortestProof)) return std::nullopt;
  return since;
}

bool is_cut_short(const RunIndex& run, const Transition& transition) {
  return transition.converged && transition.ended &&
         *transition.ended - *transition.converged < proof_of(run);
}

}  // namespace wandrill
