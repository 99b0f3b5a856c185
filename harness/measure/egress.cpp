// SPDX-License-Identifier: Apache-2.0
#include "measure/egress.hpp"

#include <algorithm>
#include <optional>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kPause = 500ms;
constexpr int kPauseIntervals = 10;

bool is_earlier(const Sighting& a, const Sighting& b) {
  return a.at < b.at;
}

void find_runs(Egress& egress, Nanos interval) {
  const Nanos pause = std::max(kPause, interval * kPauseIntervals);
  std::uint32_t newest = 0;
  for (const auto& seen : egress.sightings) {
    auto& runs = egress.runs;
    // A neighbour queue replays old packets when its link returns: that is no way that traffic
    // takes.
    if (egress.on_schedule && seen.sequence < newest) continue;
    newest = std::max(newest, seen.sequence);
    const bool goes_on = !runs.empty() && runs.back().wan == seen.wan &&
                         (!egress.on_schedule || seen.at - runs.back().last <= pause);
    if (goes_on)
      runs.back().last = seen.at;
    else
      runs.push_back({seen.wan, seen.at, seen.at});
  }
}

/// In which WAN's network each recorded source is (a lease may bring another address of it);
/// nothing for others.
std::vector<std::optional<std::uint8_t>> owners(const Plan& plan, const Recording& recording) {
  std::vector<std::optional<std::uint8_t>> result(recording.addresses.size());
  for (std::size_t wan = 0; wan < plan.topology.wans.size(); ++wan)
    for (const auto& prefix : plan.topology.wans[wan].router.addresses)
      for (std::size_t i = 0; i < result.size(); ++i)
        if (prefix.contains(recording.addresses[i])) result[i] = static_cast<std::uint8_t>(wan);
  return result;
}

}  // namespace

const EgressRun* Egress::run_at(RunTime at) const {
  const auto after = std::upper_bound(
      runs.begin(), runs.end(), at, [](RunTime t, const EgressRun& run) { return t < run.first; });
  return after == runs.begin() ? nullptr : &*(after - 1);
}

Egress::Count Egress::count(const TimeSpan& span, std::uint8_t wan) const {
  const auto from = std::lower_bound(sightings.begin(), sightings.end(), span.from,
                                     [](const Sighting& s, RunTime t) { return s.at < t; });
  Count result;
  for (auto seen = from; seen != sightings.end() && seen->at < span.until; ++seen) {
    ++result.all;
    if (seen->wan != wan) ++result.elsewhere;
  }
  return result;
}

std::vector<Egress> index_egress(const Plan& plan, const Recording& recording) {
  const auto& traffic = plan.traffic;
  const auto& tapped = recording.tapped;
  std::vector<std::size_t> rows(traffic.flows.size());
  const auto goes_out = [&](std::size_t i) {
    return tapped.direction[i] == 0 && tapped.flow[i] < rows.size() &&
           traffic.flows[tapped.flow[i]].direction == Direction::kUp &&
           tapped.wan[i] < plan.topology.wans.size();
  };
  for (std::size_t i = 0; i < tapped.size(); ++i)
    if (goes_out(i)) ++rows[tapped.flow[i]];
  std::vector<std::vector<Sighting>> seen(rows.size());
  for (std::size_t flow = 0; flow < rows.size(); ++flow)
    seen[flow].reserve(rows[flow]);
  for (std::size_t i = 0; i < tapped.size(); ++i)
    if (goes_out(i))
      seen[tapped.flow[i]].push_back({RunTime{Nanos{tapped.at[i]}},
                                      static_cast<std::uint32_t>(tapped.sequence[i]),
                                      tapped.source[i], tapped.wan[i]});
  std::vector<Egress> result;
  for (std::size_t flow = 0; flow < rows.size(); ++flow) {
    if (seen[flow].empty()) continue;
    const auto& session = traffic.session_of(static_cast<FlowId>(flow));
    Egress egress{.flow = static_cast<FlowId>(flow),
                  .on_schedule = session.tells_of_the_path(),
                  .sightings = std::move(seen[flow])};
    // Each tap keeps its own order; two of them may be read one after the other.
    std::stable_sort(egress.sightings.begin(), egress.sightings.end(), is_earlier);
    find_runs(egress, session.interval);
    result.push_back(std::move(egress));
  }
  return result;
}

std::vector<ForeignSource> find_foreign_sources(const Plan& plan, const Recording& recording,
                                                const Egress& egress) {
  const auto owner = owners(plan, recording);
  std::vector<ForeignSource> result;
  bool is_open = false;
  for (const auto& seen : egress.sightings) {
    const auto whose = seen.source < owner.size() ? owner[seen.source] : std::nullopt;
    if (!whose || *whose == seen.wan) {
      is_open = false;
      continue;
    }
    const auto& wan = plan.topology.wans[seen.wan].name;
    const auto& source_wan = plan.topology.wans[*whose].name;
    if (!is_open || result.back().wan != wan || result.back().source_wan != source_wan)
      result.push_back({seen.at, seen.at, wan, source_wan, 0});
    is_open = true;
    result.back().until = seen.at;
    ++result.back().packets;
  }
  return result;
}

}  // namespace wandrill
