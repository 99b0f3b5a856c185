// SPDX-License-Identifier: Apache-2.0
#include "measure/index/packet_index.hpp"

#include <algorithm>

namespace wandrill {
namespace {

/// Sequences are dense; a number far beyond the rows of its flow is damage, not a packet.
constexpr std::uint64_t kSpareNumbers = 1024;
constexpr std::uint64_t kMostHoles = 8;

RunInstant at_nanos(std::int64_t nanoseconds) {
  return RunInstant{Nanos{nanoseconds}};
}

void keep_earliest_and_latest(PacketIndex& index, const std::vector<std::int64_t>& scheduled) {
  const auto [least, most] = std::ranges::minmax_element(scheduled);
  index.first_scheduled =
      std::min(index.first_scheduled.value_or(RunInstant::max()), at_nanos(*least));
  index.last_scheduled =
      std::max(index.last_scheduled.value_or(RunInstant::min()), at_nanos(*most));
}

/// Gives each row that was sent to its flow.
class SentRows {
 public:
  explicit SentRows(PacketIndex& index) : index_{index}, rows_(index.flows.size()) {}

  void take(const SentColumns& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows.lateness[i] == SentColumns::kNotSent) ++index_.refused;
      const Row row{rows.flow[i], rows.sequence[i], at_nanos(rows.scheduled[i]), rows.lateness[i]};
      if (row.flow < rows_.size()) ++rows_[row.flow];
      if (row.flow >= rows_.size())
        stray(row);
      else if (fits(row))
        take(row);
      else
        later_.push_back(row);
    }
  }

  /// Now that all rows are known.
  void finish() {
    for (const auto& row : later_)
      fits(row) ? take(row) : stray(row);
  }

 private:
  struct Row {
    std::uint16_t flow = 0;
    std::uint64_t sequence = 0;
    RunInstant scheduled;
    std::int32_t lateness = 0;
  };

  [[nodiscard]] bool fits(const Row& row) const {
    return row.sequence < rows_[row.flow] * kMostHoles + kSpareNumbers;
  }
  void stray(const Row& row) {
    if (row.lateness != SentColumns::kNotSent) index_.stray_lateness.push_back(row.lateness);
  }
  void take(const Row& row) {
    auto& flow = index_.flows[row.flow];
    if (row.lateness == SentColumns::kNotSent)
      flow.take_refused(row.sequence, row.scheduled);
    else if (const auto before = flow.take_sent(row.sequence, row.scheduled, row.lateness))
      index_.stray_lateness.push_back(*before);
  }

  PacketIndex& index_;
  std::vector<std::uint64_t> rows_;
  std::vector<Row> later_;
};

void take_received(PacketIndex& index, const ReceivedColumns& rows) {
  index.last_received = std::max(index.last_received.value_or(RunInstant::min()),
                                 at_nanos(*std::ranges::max_element(rows.at)));
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows.flow[i] < index.flows.size())
      index.flows[rows.flow[i]].take_received(rows.sequence[i], at_nanos(rows.at[i]));
}

}  // namespace

PacketIndex index_packets(const TrafficPlan& traffic, const Recording& recording) {
  PacketIndex index;
  for (const auto& flow : traffic.flows) {
    const auto& session = traffic.session_of(flow.id);
    index.flows.emplace_back(session.interval, session.late_after);
  }
  SentRows sent{index};
  recording.visit_sent([&](const SentColumns& rows) {
    keep_earliest_and_latest(index, rows.scheduled);
    sent.take(rows);
  });
  sent.finish();
  recording.visit_received([&](const ReceivedColumns& rows) { take_received(index, rows); });
  return index;
}

}  // namespace wandrill
