// SPDX-License-Identifier: Apache-2.0
#include "measure/index/backlog.hpp"

#include <algorithm>
#include <optional>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr int kStarvedShare = 10;  ///< Stalls fill more than one part in … of the time.
constexpr int kQueueShare = 2;     ///< A queue is there from one part in … of the threshold on.
constexpr Nanos kStillDraining = 2s;  ///< Before the end: what came late then had more behind it.

/// Packets of a loss period that somebody held, and the time in which they waited.
struct Backlog {
  std::uint64_t packets = 0;
  TimeSpan span;
};

class Finder {
 public:
  Finder(const FlowPackets& packets, RunInstant end) : packets_{packets}, end_{end} {}

  /// Nothing: no packet of the period came late.
  [[nodiscard]] std::optional<Backlog> find(const LossPeriod& period) const {
    const auto first = packets_.first_from(period.first_missing);
    const auto last = packets_.first_from(period.last_missing) + 1;
    Backlog found{.packets = 0, .span = {begin_before(first), period.gap_start}};
    std::size_t newest = first;
    for (auto i = first; i < last; ++i) {
      if (packets_.fate(i) != PacketOutcome::kLate) continue;
      ++found.packets;
      newest = i;
      found.span.until = std::max(found.span.until, packets_.arrived(i));
    }
    if (found.packets == 0) return std::nullopt;
    if (period.open && found.span.until + kStillDraining >= end_) {
      found.packets += lost_behind(newest, last);
      found.span.until = end_;
    }
    return found;
  }

 private:
  /// When the last packet before `sequence` was due that met no queue.
  [[nodiscard]] RunInstant begin_before(std::size_t sequence) const {
    const Nanos queued = packets_.late_after() / kQueueShare;
    for (auto i = sequence; i > 0; --i)
      if (packets_.came(i - 1) && packets_.delay(i - 1) < queued) return packets_.scheduled(i - 1);
    return packets_.scheduled(0);
  }
  [[nodiscard]] std::uint64_t lost_behind(std::size_t newest, std::size_t last) const {
    std::uint64_t lost = 0;
    for (auto i = newest + 1; i < last; ++i)
      if (packets_.is_lost(i)) ++lost;
    return lost;
  }

  const FlowPackets& packets_;
  RunInstant end_;
};

bool is_starved(const StallLog& stalls, const TimeSpan& span) {
  return stalls.within(span) * kStarvedShare > span.length();
}

/// What of the gap was not late keeps its share of what was credited before.
void credit(LossPeriod& period, const Backlog& backlog, Nanos interval) {
  const Nanos late = std::min(period.gap, interval * static_cast<Nanos::rep>(backlog.packets));
  const double rest = in_seconds(period.gap - late) / in_seconds(period.gap);
  period.stalled =
      late + Nanos{static_cast<Nanos::rep>(rest * static_cast<double>(period.stalled.count()))};
  period.waited = late;
}

}  // namespace

void credit_backlogs(RunIndex& run) {
  for (std::size_t flow = 0; flow < run.loss_periods.size(); ++flow) {
    const auto& packets = run.packets[flow];
    const Finder finder{packets, run.timeline.until};
    for (auto& period : run.loss_periods[flow])
      if (const auto backlog = finder.find(period))
        if (is_starved(run.stalls, backlog->span)) credit(period, *backlog, packets.interval());
  }
}

bool only_backlogs_disturbed(const RunIndex& run, const TimeSpan& span, Nanos length) {
  std::vector<TimeSpan> lossy;
  bool any = false;
  for (const auto& flow : run.plan.traffic.flows) {
    if (!run.session_of(flow.id).must_flow()) continue;
    for (const auto& period : run.loss_periods[flow.id]) {
      const auto gap = gap_span(period);
      if (gap.overlap(span) <= Nanos{0}) continue;
      if (period.waited + run.packets[flow.id].interval() >= period.gap)
        any = true;
      else
        lossy.push_back(gap);
    }
  }
  if (!any) return false;
  std::ranges::sort(lossy, {}, &TimeSpan::from);
  RunInstant since = span.from;
  for (const auto& gap : lossy) {
    if (gap.from - since >= length) return true;
    since = std::max(since, gap.until);
  }
  return span.until - since >= length;
}

}  // namespace wandrill
