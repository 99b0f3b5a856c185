// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/flow_statistics.hpp"

#include <algorithm>

#include "measure/flow/jitter.hpp"
#include "measure/index/percentile.hpp"
#include "plan/metrics/flow_metrics.hpp"

namespace wandrill {
namespace {

constexpr Seconds kStampAccuracy{1e-4};
constexpr auto kNoPackets = "no packet arrived";

/// What one pass over the packets counts.
struct Counts {
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  std::uint64_t late = 0;
  std::uint64_t not_sent = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t reordered = 0;
  std::vector<Nanos> delays;
};

struct JitterSummary {
  Seconds max{0};
  Seconds sum{0};
  std::uint64_t count = 0;
};

bool is_within(const std::vector<TimeSpan>& spans, RunInstant at) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](const TimeSpan& span) { return span.contains(at); });
}

Counts count_packets(const FlowPackets& packets, const std::vector<TimeSpan>& spans) {
  Counts counts;
  for (const auto& span : spans) {
    const auto range = packets.within(span);
    for (std::size_t i = range.first; i < range.last; ++i) {
      const auto fate = packets.fate(i);
      if (fate == PacketOutcome::kUnknown) continue;
      if (fate == PacketOutcome::kNotSent) {
        ++counts.not_sent;
        continue;
      }
      ++counts.sent;
      if (fate == PacketOutcome::kLate) ++counts.late;
      if (fate != PacketOutcome::kArrived) continue;
      ++counts.received;
      counts.delays.push_back(packets.delay(i));
    }
  }
  for (const auto sequence : packets.duplicates())
    if (is_within(spans, packets.scheduled(sequence))) ++counts.duplicates;
  return counts;
}

/// Reordering and jitter go by the order of arrival.
JitterSummary follow_arrivals(const FlowPackets& packets, const std::vector<TimeSpan>& spans,
                              Counts& counts) {
  JitterSummary summary;
  Jitter jitter;
  bool first = true;
  std::size_t highest = 0;
  std::vector<FlowPackets::Range> ranges;
  for (const auto& span : spans)
    ranges.push_back(packets.within(span));
  packets.visit_arrivals(ranges, [&](std::size_t sequence) {
    if (!first && sequence < highest) ++counts.reordered;
    highest = std::max(highest, sequence);
    const Seconds now{jitter.take(in_seconds(packets.transit(sequence)))};
    if (!first) {
      summary.max = std::max(summary.max, now);
      summary.sum += now;
      ++summary.count;
    }
    first = false;
  });
  return summary;
}

Reading<Count> count(std::uint64_t value, Count tester_share = {}) {
  auto reading = counted(value);
  reading.tester_share = tester_share;
  return reading;
}

Reading<Seconds> time(std::optional<Seconds> value, Seconds accuracy, const char* why_not = "") {
  return {.value = value, .accuracy = accuracy, .note = value ? "" : why_not};
}

/// Delays by their rank; those asked for first leave less to do for higher ranks.
class RankedDelays {
 public:
  explicit RankedDelays(std::vector<Nanos>& delays) : delays_{delays} {}

  /// `rank` from 1; nothing beyond the last.
  std::optional<Nanos> at(std::uint64_t rank) {
    if (rank > delays_.size()) return std::nullopt;
    const auto index = static_cast<std::ptrdiff_t>(rank) - 1;
    const auto from = index < known_ ? 0 : known_;
    std::nth_element(delays_.begin() + from, delays_.begin() + index, delays_.end());
    known_ = index;
    return delays_[static_cast<std::size_t>(index)];
  }

 private:
  std::vector<Nanos>& delays_;
  std::ptrdiff_t known_ = 0;  ///< What comes before it is no larger than it.
};

/// Lost packets have an infinite delay, and no variation of it.
void measure_delays(Counts& counts, Readings& readings) {
  using namespace metrics::flow;
  const auto* lost = counts.received == 0 ? kNoPackets : "so many packets were lost";
  const auto known = [](const std::optional<Nanos>& delay, const char* why_not) {
    return time(delay, kStampAccuracy, why_not);
  };
  if (counts.received == 0) {
    for (const auto* metric : {&kDelayP50, &kDelayP99, &kDelayMax, &kPdvP99})
      readings.set(*metric, known(std::nullopt, kNoPackets));
    return;
  }
  const auto [least, most] = std::ranges::minmax(counts.delays);
  RankedDelays delays{counts.delays};
  readings.set(kDelayP50, known(delays.at(nearest_rank(50, counts.sent)), lost));
  const auto varies = delays.at(nearest_rank(99, counts.received));
  readings.set(kDelayP99, known(delays.at(nearest_rank(99, counts.sent)), lost));
  readings.set(kDelayMax, known(most, lost));
  readings.set(kPdvP99, known(*varies - least, lost));
}

/// A loss period belongs to the spans that hold most of it.
bool belongs(const LossPeriod& period, const std::vector<TimeSpan>& spans) {
  const TimeSpan gap{period.first_missing, end_of(period)};
  Nanos inside{0};
  for (const auto& span : spans)
    inside += span.overlap(gap);
  return inside * 2 > gap.length() || (gap.length() == Nanos{0} && is_within(spans, gap.from));
}

struct Dark {
  std::uint64_t periods = 0;
  Nanos longest{0};
  Nanos longest_stalled{0};
  bool open = false;
  Nanos outage{0};
  Nanos stalled{0};
  std::optional<TimeSpan> longest_when;
  const LossPeriod* longest_waiting = nullptr;
  std::optional<TimeSpan> when;  ///< From the first loss to the end of the last.
};

Dark sum_losses(const std::vector<LossPeriod>& periods, const std::vector<TimeSpan>& spans) {
  Dark dark;
  for (const auto& period : periods) {
    if (!belongs(period, spans)) continue;
    ++dark.periods;
    dark.when = {dark.when ? dark.when->from : period.first_missing, end_of(period)};
    dark.outage += end_of(period) - period.first_missing;
    dark.stalled += period.stalled;
    if (period.waited > Nanos{0} &&
        (dark.longest_waiting == nullptr || period.gap > dark.longest_waiting->gap))
      dark.longest_waiting = &period;
    // What the tester may have caused comes off: the gap that is worst for the router counts.
    if (period.gap - period.stalled <= dark.longest - dark.longest_stalled &&
        dark.longest > Nanos{0})
      continue;
    dark.longest = period.gap;
    dark.longest_when = gap_span(period);
    dark.longest_stalled = period.stalled;
    dark.open = period.open;
  }
  return dark;
}

/// Whether the tester or the router held back what came late is not known: the longest such gap is
/// the number, and all that is beyond the worst of the router's is the tester's share.
void show_waiting(Dark& dark) {
  const auto* waiting = dark.longest_waiting;
  if (waiting == nullptr || waiting->gap <= dark.longest) return;
  dark.longest_stalled = waiting->gap - (dark.longest - dark.longest_stalled);
  dark.longest = waiting->gap;
  dark.longest_when = gap_span(*waiting);
  dark.open = waiting->open;
}

/// Where nothing was sent nothing went well either: "no gap" would be a lie.
void forget_all_but_counts(Readings& readings) {
  for (const auto* metric : metrics::flow::kAll) {
    if (metric == &metrics::flow::kSent || metric == &metrics::flow::kReceived) continue;
    auto& measured = readings.at(*metric);
    measured.value.reset();
    measured.note = "no packet was sent";
  }
}

/// A packet at the edge of a phase may belong to either side.
bool is_phase(const RunIndex& run, const std::vector<TimeSpan>& spans) {
  return spans.size() != 1 || spans.front().from != run.timeline.from ||
         spans.front().until != run.timeline.until;
}

Reading<Share> loss_of(const Counts& counts, Count excused, bool is_of_phase,
                       const std::optional<TimeSpan>& when) {
  if (counts.sent == 0) return {.note = "no packet was sent", .when = when};
  const double share = 100.0 / static_cast<double>(counts.sent);
  return {.value = Share{static_cast<double>(counts.sent - counts.received) * share},
          .accuracy = Share{is_of_phase ? share : 0.0},
          .tester_share = Share{excused.value * share},
          .when = when};
}

/// What a flow's times are read off, and how well.
struct FlowClock {
  Seconds interval;
  Seconds accuracy;
};

void measure_outage(const Dark& dark, std::uint64_t lost, const FlowClock& clock,
                    Readings& readings) {
  using namespace metrics::flow;
  readings.set(kLongestGap, {.value = dark.longest,
                             .accuracy = clock.accuracy,
                             .tester_share = dark.longest_stalled,
                             .note = dark.open ? "nothing came after it" : "",
                             .when = dark.longest_when});
  Reading<Seconds> outage{.value = dark.outage,
                          .accuracy = clock.accuracy,
                          .tester_share = dark.stalled,
                          .when = dark.when};
  readings.set(kOutage, outage);
  outage.value = static_cast<double>(lost) * clock.interval;
  readings.set(kLossDerivedOutage, outage);
}

}  // namespace

Readings measure_flow(const RunIndex& run, FlowId flow, const std::vector<TimeSpan>& spans) {
  using namespace metrics::flow;
  const auto& packets = run.packets[flow];
  auto counts = count_packets(packets, spans);
  const auto jitter = follow_arrivals(packets, spans, counts);
  auto dark = sum_losses(run.loss_periods[flow], spans);
  show_waiting(dark);
  const auto lost = counts.sent - counts.received;
  const Count excused{
      std::min(static_cast<double>(lost),
               in_seconds(dark.stalled) / std::max(in_seconds(packets.interval()), 1e-9))};
  const Count not_sent{static_cast<double>(counts.not_sent)};

  Readings readings;
  readings.set(kSent, count(counts.sent, not_sent));
  readings.set(kReceived, count(counts.received, not_sent + excused));
  auto of_lost = count(lost, excused);
  of_lost.when = dark.when;
  readings.set(kLost, of_lost);
  readings.set(kLoss, loss_of(counts, excused, is_phase(run, spans), dark.when));
  readings.set(kDuplicates, count(counts.duplicates));
  readings.set(kReordered, count(counts.reordered));
  readings.set(kLate, count(counts.late, std::min(excused, *counted(counts.late).value)));
  auto periods = count(dark.periods);
  periods.when = dark.when;
  readings.set(kLossPeriods, periods);
  measure_outage(dark, lost, {packets.interval(), run.accuracy_of(flow)}, readings);
  const bool known = jitter.count > 0;
  const auto mean = jitter.sum / static_cast<double>(std::max<std::uint64_t>(jitter.count, 1));
  const Seconds lateness = run.tester.late_send_p99;
  readings.set(kMaxJitter,
               time(known ? std::optional{jitter.max} : std::nullopt, lateness, kNoPackets));
  readings.set(kMeanJitter, time(known ? std::optional{mean} : std::nullopt, lateness, kNoPackets));
  measure_delays(counts, readings);
  if (counts.sent == 0) forget_all_but_counts(readings);
  return readings;
}

}  // namespace wandrill
