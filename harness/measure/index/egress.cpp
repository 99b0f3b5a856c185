// SPDX-License-Identifier: Apache-2.0
#include "measure/index/egress.hpp"

#include <algorithm>
#include <optional>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kPause = 500ms;
constexpr int kPauseIntervals = 10;

void find_runs(Egress& egress, Nanos interval) {
  const Nanos pause = std::max(kPause, interval * kPauseIntervals);
  std::uint32_t newest = 0;
  egress.sightings.visit([&](const TapObservation& seen) {
    auto& runs = egress.runs;
    // A neighbour queue replays old packets when its link returns: that is no way that traffic
    // takes.
    if (egress.on_schedule && seen.sequence < newest) return;
    newest = std::max(newest, seen.sequence);
    const bool goes_on = !runs.empty() && runs.back().wan == seen.wan &&
                         (!egress.on_schedule || seen.at - runs.back().last <= pause);
    if (goes_on)
      runs.back().last = seen.at;
    else
      runs.push_back({seen.wan, seen.at, seen.at});
  });
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

/// Sorts what the taps saw by flow.
class TapRows {
 public:
  TapRows(const Plan& plan, const TimeSpan& timeline)
      : plan_{plan},
        timeline_{timeline},
        outer_(plan.traffic.flows.size()),
        in_clear_(plan.traffic.flows.size()) {
    for (const auto& flow : plan.traffic.flows) {
      const auto& session = plan.traffic.session_of(flow.id);
      sightings_.emplace_back(session.interval);
      is_outer_.push_back(session.traits().shape == FlowShape::kTunnel);
      is_inner_.push_back(!session.through.empty());
      is_up_.push_back(flow.direction == Direction::kUp);
    }
  }

  void take(const TappedColumns& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto flow = rows.flow[i];
      const RunInstant at{Nanos{rows.at[i]}};
      if (flow >= is_up_.size()) continue;
      if (is_inner_[flow] && timeline_.contains(at)) in_clear_[flow].count(at);
      if (rows.wan[i] >= plan_.topology.wans.size()) continue;
      if (is_outer_[flow]) outer_[flow].push_back({at, rows.wan[i]});
      if (rows.direction[i] == 0 && is_up_[flow])
        sightings_[flow].add(
            {at, static_cast<std::uint32_t>(rows.sequence[i]), rows.source[i], rows.wan[i]});
    }
  }

  TapIndex finish() {
    TapIndex index{.outer = std::move(outer_), .in_clear = std::move(in_clear_)};
    for (auto& packets : index.outer)
      std::ranges::stable_sort(packets, {}, &OuterPacket::at);
    for (FlowId flow = 0; flow < sightings_.size(); ++flow) {
      if (sightings_[flow].size() == 0) continue;
      const auto& session = plan_.traffic.session_of(flow);
      Egress egress{.flow = flow,
                    .on_schedule = session.tells_of_the_path(),
                    .sightings = std::move(sightings_[flow])};
      // Each tap keeps its own order; two of them may be read one after the other.
      egress.sightings.sort();
      find_runs(egress, session.interval);
      index.egress.push_back(std::move(egress));
    }
    return index;
  }

 private:
  const Plan& plan_;
  TimeSpan timeline_;
  std::vector<TapObservations> sightings_;
  std::vector<std::vector<OuterPacket>> outer_;
  std::vector<InClear> in_clear_;
  std::vector<bool> is_outer_;
  std::vector<bool> is_inner_;
  std::vector<bool> is_up_;
};

}  // namespace

const EgressRun* Egress::run_at(RunInstant at) const {
  const auto after =
      std::upper_bound(runs.begin(), runs.end(), at,
                       [](RunInstant t, const EgressRun& run) { return t < run.first; });
  return after == runs.begin() ? nullptr : &*(after - 1);
}

Egress::Count Egress::count(const TimeSpan& span, std::uint8_t wan) const {
  Count result;
  sightings.visit_from(span.from, [&](const TapObservation& seen) {
    if (seen.at >= span.until) return false;
    ++result.all;
    if (seen.wan != wan) ++result.elsewhere;
    return true;
  });
  return result;
}

TapIndex index_taps(const Plan& plan, const Recording& recording, const TimeSpan& timeline) {
  TapRows rows{plan, timeline};
  recording.visit_tapped([&](const TappedColumns& some) { rows.take(some); });
  return rows.finish();
}

std::vector<ForeignSource> find_foreign_sources(const Plan& plan, const Recording& recording,
                                                const Egress& egress) {
  const auto owner = owners(plan, recording);
  std::vector<ForeignSource> result;
  bool is_open = false;
  egress.sightings.visit([&](const TapObservation& seen) {
    const auto whose = seen.source < owner.size() ? owner[seen.source] : std::nullopt;
    if (!whose || *whose == seen.wan) {
      is_open = false;
      return;
    }
    const auto& wan = plan.topology.wans[seen.wan].name;
    const auto& source_wan = plan.topology.wans[*whose].name;
    if (!is_open || result.back().wan != wan || result.back().source_wan != source_wan)
      result.push_back({seen.at, seen.at, wan, source_wan, 0});
    is_open = true;
    result.back().until = seen.at;
    ++result.back().packets;
  });
  return result;
}

}  // namespace wandrill
