// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/flow_statistics.hpp"

#include <algorithm>

#include "measure/flow/jitter.hpp"
#include "measure/index/percentile.hpp"

namespace wandrill {
namespace {

constexpr double kStampAccuracy = 1e-4;
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
  double max = 0.0;
  double sum = 0.0;
  std::uint64_t count = 0;
};

bool is_within(const std::vector<TimeSpan>& spans, RunTime at) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](const TimeSpan& span) { return span.contains(at); });
}

Counts count_packets(const FlowPackets& packets, const std::vector<TimeSpan>& spans) {
  Counts counts;
  for (const auto& span : spans) {
    const auto range = packets.within(span);
    for (std::size_t i = range.first; i < range.last; ++i) {
      const auto fate = packets.fate(i);
      if (fate == PacketFate::kUnknown) continue;
      if (fate == PacketFate::kNotSent) {
        ++counts.not_sent;
        continue;
      }
      ++counts.sent;
      if (fate == PacketFate::kLate) ++counts.late;
      if (fate != PacketFate::kArrived) continue;
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
    const double now = jitter.take(in_seconds(packets.transit(sequence)));
    if (!first) {
      summary.max = std::max(summary.max, now);
      summary.sum += now;
      ++summary.count;
    }
    first = false;
  });
  return summary;
}

Measured count(std::uint64_t value, double tester_share = 0.0) {
  return {.value = static_cast<double>(value), .tester_share = tester_share};
}

Measured time(std::optional<double> value, double accuracy, std::string note = "") {
  return {.value = value,
          .unit = MetricUnit::kSeconds,
          .accuracy = accuracy,
          .note = value ? "" : std::move(note)};
}

Measured time(std::optional<Nanos> value, double accuracy, std::string note) {
  return time(value ? std::optional{in_seconds(*value)} : std::nullopt, accuracy, std::move(note));
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
void measure_delays(Counts& counts, MetricsByName& metrics) {
  const auto* lost = counts.received == 0 ? kNoPackets : "so many packets were lost";
  const auto known = [](const std::optional<Nanos>& delay, const char* why_not) {
    return time(delay, kStampAccuracy, why_not);
  };
  if (counts.received == 0) {
    for (const auto* name : {"delay_p50", "delay_p99", "delay_max", "pdv_p99"})
      metrics[name] = known(std::nullopt, kNoPackets);
    return;
  }
  const auto [least, most] = std::ranges::minmax(counts.delays);
  RankedDelays delays{counts.delays};
  metrics["delay_p50"] = known(delays.at(nearest_rank(50, counts.sent)), lost);
  const auto varies = delays.at(nearest_rank(99, counts.received));
  metrics["delay_p99"] = known(delays.at(nearest_rank(99, counts.sent)), lost);
  metrics["delay_max"] = known(most, lost);
  metrics["pdv_p99"] = known(*varies - least, lost);
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
void forget_all_but_counts(MetricsByName& metrics) {
  for (auto& [name, measured] : metrics) {
    if (name == "sent" || name == "received") continue;
    measured.value.reset();
    measured.note = "no packet was sent";
  }
}

/// A packet at the edge of a phase may belong to either side.
bool is_phase(const RunIndex& run, const std::vector<TimeSpan>& spans) {
  return spans.size() != 1 || spans.front().from != run.timeline.from ||
         spans.front().until != run.timeline.until;
}

}  // namespace

MetricsByName measure_flow(const RunIndex& run, FlowId flow, const std::vector<TimeSpan>& spans) {
  const auto& packets = run.packets[flow];
  auto counts = count_packets(packets, spans);
  const auto jitter = follow_arrivals(packets, spans, counts);
  auto dark = sum_losses(run.loss_periods[flow], spans);
  show_waiting(dark);
  const auto lost = counts.sent - counts.received;
  const double interval = in_seconds(packets.interval());
  const double accuracy = in_seconds(run.accuracy_of(flow));
  const double lateness = in_seconds(run.tester.late_send_p99);
  const double excused =
      std::min(static_cast<double>(lost), in_seconds(dark.stalled) / std::max(interval, 1e-9));

  MetricsByName metrics;
  metrics["sent"] = count(counts.sent, static_cast<double>(counts.not_sent));
  metrics["received"] = count(counts.received, static_cast<double>(counts.not_sent) + excused);
  metrics["lost"] = count(lost, excused);
  metrics["loss"] = {.unit = MetricUnit::kPercent, .note = "no packet was sent"};
  if (counts.sent > 0) {
    const double share = 100.0 / static_cast<double>(counts.sent);
    metrics["loss"] = {.value = static_cast<double>(lost) * share,
                       .unit = MetricUnit::kPercent,
                       .accuracy = is_phase(run, spans) ? share : 0.0,
                       .tester_share = excused * share};
  }
  metrics["duplicates"] = count(counts.duplicates);
  metrics["reordered"] = count(counts.reordered);
  metrics["late"] = count(counts.late, std::min(excused, static_cast<double>(counts.late)));
  metrics["loss_periods"] = count(dark.periods);
  metrics["longest_gap"] = time(in_seconds(dark.longest), accuracy);
  metrics["longest_gap"].tester_share = in_seconds(dark.longest_stalled);
  if (dark.open) metrics["longest_gap"].note = "nothing came after it";
  metrics["outage"] = time(in_seconds(dark.outage), accuracy);
  metrics["outage"].tester_share = in_seconds(dark.stalled);
  metrics["loss_derived_outage"] = time(static_cast<double>(lost) * interval, accuracy);
  metrics["loss_derived_outage"].tester_share = in_seconds(dark.stalled);
  const bool known = jitter.count > 0;
  metrics["max_jitter"] =
      time(known ? std::optional{jitter.max} : std::nullopt, lateness, kNoPackets);
  metrics["mean_jitter"] =
      time(known ? std::optional{jitter.sum / static_cast<double>(jitter.count)} : std::nullopt,
           lateness, kNoPackets);
  measure_delays(counts, metrics);
  metrics["longest_gap"].when = dark.longest_when;
  for (const auto* name : {"lost", "loss", "loss_periods", "outage", "loss_derived_outage"})
    metrics[name].when = dark.when;
  if (counts.sent == 0) forget_all_but_counts(metrics);
  return metrics;
}

}  // namespace wandrill
