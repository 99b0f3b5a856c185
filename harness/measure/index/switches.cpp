// SPDX-License-Identifier: Apache-2.0
#include "measure/index/switches.hpp"

#include <algorithm>
#include <map>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kLag = 3s;

struct Move {
  RunInstant at;
  FlowId flow = 0;
  std::uint8_t from = 0;
  std::uint8_t to = 0;
};

std::vector<Move> moves_of(const std::vector<const Egress*>& flows, RunInstant begin) {
  std::vector<Move> moves;
  for (const auto* egress : flows)
    for (std::size_t i = 1; i < egress->runs.size(); ++i) {
      const auto& before = egress->runs[i - 1];
      const auto& leg = egress->runs[i];
      if (leg.wan != before.wan && leg.first >= begin)
        moves.push_back({leg.first, egress->flow, before.wan, leg.wan});
    }
  std::stable_sort(moves.begin(), moves.end(),
                   [](const Move& a, const Move& b) { return a.at < b.at; });
  return moves;
}

/// The WAN that most flows left by at `begin`, or first after it.
std::optional<std::uint8_t> wan_of_most(const std::vector<const Egress*>& flows, RunInstant begin) {
  std::map<std::uint8_t, int> votes;
  for (const auto* egress : flows)
    if (const auto* run = egress->run_at(begin)) ++votes[run->wan];
  if (votes.empty())
    for (const auto* egress : flows)
      ++votes[egress->runs.front().wan];
  std::optional<std::uint8_t> most;
  for (const auto& [wan, count] : votes)
    if (!most || count > votes[*most]) most = wan;
  return most;
}

bool has_followed(const WanSwitch& one, FlowId flow) {
  return std::find(one.flows.begin(), one.flows.end(), flow) != one.flows.end();
}

/// The switch that this move belongs to, if it makes none of its own.
WanSwitch* followed_by(const Move& move, std::uint8_t active, std::vector<WanSwitch>& switches) {
  const auto latest = std::find_if(switches.rbegin(), switches.rend(), [&](const WanSwitch& one) {
    return one.to == move.to && (move.to == active || one.from == move.from);
  });
  if (latest == switches.rend()) return nullptr;
  const bool lags = move.at - latest->at <= kLag && !has_followed(*latest, move.flow);
  return move.to == active || lags ? &*latest : nullptr;
}

}  // namespace

std::optional<std::uint8_t> EgressHistory::wan_at(RunInstant at) const {
  auto wan = first;
  for (const auto& one : switches)
    if (one.at <= at) wan = one.to;
  return wan;
}

EgressHistory find_switches(const std::vector<const Egress*>& flows, RunInstant begin) {
  EgressHistory history{wan_of_most(flows, begin), {}};
  if (!history.first) return history;
  auto active = *history.first;
  for (const auto& move : moves_of(flows, begin)) {
    if (auto* known = followed_by(move, active, history.switches)) {
      if (!has_followed(*known, move.flow)) known->flows.push_back(move.flow);
      continue;
    }
    if (move.to == active) continue;
    history.switches.push_back({move.at, move.from, move.to, {move.flow}});
    active = move.to;
  }
  return history;
}

}  // namespace wandrill
