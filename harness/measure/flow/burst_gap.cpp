// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/burst_gap.hpp"

#include <algorithm>

namespace wandrill {
namespace {

struct Part {
  std::size_t first = 0;
  std::size_t last = 0;  ///< Behind its last packet.
  std::uint64_t lost = 0;
};

/// Lost packets with fewer than Gmin good ones between one and the next.
std::vector<Part> clusters_of(const std::vector<bool>& lost) {
  std::vector<Part> clusters;
  for (std::size_t i = 0; i < lost.size(); ++i) {
    if (!lost[i]) continue;
    if (clusters.empty() || i - clusters.back().last >= kGmin) clusters.push_back({i, i, 0});
    clusters.back().last = i + 1;
    ++clusters.back().lost;
  }
  return clusters;
}

int density(std::uint64_t lost, std::uint64_t packets) {
  return packets == 0 ? 0 : static_cast<int>(std::min<std::uint64_t>(255, lost * 256 / packets));
}

}  // namespace

BurstGap find_bursts(const std::vector<bool>& lost, Nanos interval) {
  BurstGap result;
  std::uint64_t in_bursts = 0;
  std::uint64_t lost_in_bursts = 0;
  std::uint64_t lost_in_gaps = 0;
  std::size_t gap_begin = 0;
  for (const auto& cluster : clusters_of(lost)) {
    if (cluster.lost == 1) {  // alone among good ones
      ++lost_in_gaps;
      continue;
    }
    ++result.bursts;
    in_bursts += cluster.last - cluster.first;
    lost_in_bursts += cluster.lost;
    if (cluster.first > gap_begin) ++result.gaps;
    gap_begin = cluster.last;
  }
  if (gap_begin < lost.size()) ++result.gaps;
  const std::uint64_t in_gaps = lost.size() - in_bursts;
  result.burst_density = density(lost_in_bursts, in_bursts);
  result.gap_density = density(lost_in_gaps, in_gaps);
  const auto mean = [&](std::uint64_t packets, std::uint64_t parts) {
    return parts == 0
               ? Nanos{0}
               : interval * static_cast<Nanos::rep>(packets) / static_cast<Nanos::rep>(parts);
  };
  result.burst_duration = mean(in_bursts, result.bursts);
  result.gap_duration = mean(in_gaps, result.gaps);
  return result;
}

void LossRuns::join(const LossRuns& next) {
  if (next.sent_ == 0) return;
  if (sent_ == 0) begins_in_run_ = next.begins_in_run_;
  runs_ += next.runs_ - (in_run_ && next.begins_in_run_ ? 1 : 0);
  sent_ += next.sent_;
  lost_ += next.lost_;
  in_run_ = next.in_run_;
}

double LossRuns::loss_percent() const {
  return sent_ == 0 ? 0.0 : 100.0 * static_cast<double>(lost_) / static_cast<double>(sent_);
}

double LossRuns::burst_ratio() const {
  if (runs_ == 0) return 1.0;
  const double mean_length = static_cast<double>(lost_) / static_cast<double>(runs_);
  return mean_length * (1.0 - loss_percent() / 100.0);
}

}  // namespace wandrill
