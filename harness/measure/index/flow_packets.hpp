// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <unordered_map>
#include <vector>

#include "measure/index/column.hpp"
#include "measure/index/schedule.hpp"
#include "measure/time_span.hpp"

namespace wandrill {

/// What became of a packet. Late is lost by the Forwarding Delay Threshold, although it came.
/// Unknown: still on its way when the recording ended.
enum class PacketOutcome : std::uint8_t { kNotSent, kArrived, kLate, kLost, kUnknown };

/// All packets of one flow by sequence number. There may be millions of them: a packet takes eight
/// bytes as long as it comes within two seconds and in order.
class FlowPackets {
 public:
  /// `late_after`: the Forwarding Delay Threshold.
  FlowPackets(Nanos interval, Nanos late_after) : schedule_{interval}, late_after_{late_after} {}

  // First all that was sent, then all that was received, then finish.

  /// Returns the lateness of a packet sent before with the same number, which it replaces.
  std::optional<std::int32_t> take_sent(std::size_t sequence, RunInstant scheduled,
                                        std::int32_t lateness);
  /// The system refused to send it.
  void take_refused(std::size_t sequence, RunInstant scheduled);
  void take_received(std::size_t sequence, RunInstant at);
  /// `end`: of the recording; a packet that had less than its Forwarding Delay Threshold until then
  /// and did not come has an unknown fate.
  void finish(RunInstant end);

  /// Sequence numbers from `first` up to, not including, `last`.
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
  };

  [[nodiscard]] std::size_t size() const noexcept { return schedule_.size(); }
  [[nodiscard]] Nanos interval() const noexcept { return schedule_.interval(); }
  [[nodiscard]] Nanos late_after() const noexcept { return late_after_; }
  [[nodiscard]] RunInstant scheduled(std::size_t sequence) const { return schedule_[sequence]; }
  /// The packets scheduled within `span`.
  [[nodiscard]] Range within(const TimeSpan& span) const;
  /// The first packet scheduled at `at` or later.
  [[nodiscard]] std::size_t first_from(RunInstant at) const;
  [[nodiscard]] PacketOutcome fate(std::size_t sequence) const {
    const auto transit = transit_[sequence];
    if (transit > kFar) return fate_of(Nanos{transit} - Nanos{lateness_[sequence]});
    return transit == kFar ? fate_of(delay(sequence)) : fate_without_arrival(transit);
  }
  /// Actual send − scheduled, ns.
  [[nodiscard]] std::int32_t lateness(std::size_t sequence) const { return lateness_[sequence]; }
  /// From the actual send to the first arrival, for a packet that came.
  [[nodiscard]] Nanos delay(std::size_t sequence) const {
    return transit(sequence) - Nanos{lateness_[sequence]};
  }
  /// From its schedule to the first arrival, for a packet that came.
  [[nodiscard]] Nanos transit(std::size_t sequence) const {
    const auto near = transit_[sequence];
    return near == kFar ? far_.at(sequence) : Nanos{near};
  }
  /// The first arrival, for a packet that came.
  [[nodiscard]] RunInstant arrived(std::size_t sequence) const {
    return scheduled(sequence) + transit(sequence);
  }
  [[nodiscard]] bool was_sent(std::size_t sequence) const { return transit_[sequence] != kNever; }
  [[nodiscard]] bool is_lost(std::size_t sequence) const {
    const auto became = fate(sequence);
    return became == PacketOutcome::kLost || became == PacketOutcome::kLate;
  }
  [[nodiscard]] std::uint64_t count_sent(const Range& range) const;
  /// Arrived at all, in time or not.
  [[nodiscard]] bool came(std::size_t sequence) const { return transit_[sequence] >= kFar; }
  /// A sequence number for each further arrival.
  [[nodiscard]] const std::vector<std::uint32_t>& duplicates() const noexcept {
    return duplicates_;
  }
  /// Calls `visit(sequence)` for the packets of `ranges` (in order, apart from each other) that
  /// came, in order of their first arrival.
  template <typename Visit>
  void visit_arrivals(const std::vector<Range>& ranges, Visit&& visit) const {
    for (const auto& run : arrivals_)
      for (const auto& range : ranges)
        for (auto i = std::max(run.first, range.first); i < std::min(run.last, range.last); ++i)
          if (came(i)) visit(i);
  }

 private:
  // What stands in `transit_` for a packet without one that fits.
  static constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::min();
  static constexpr std::int32_t kMissing = kNever + 1;
  static constexpr std::int32_t kOnItsWay = kNever + 2;
  static constexpr std::int32_t kFar = kNever + 3;  ///< In `far_`.

  [[nodiscard]] PacketOutcome fate_of(Nanos delay) const {
    return delay > late_after_ ? PacketOutcome::kLate : PacketOutcome::kArrived;
  }
  [[nodiscard]] static PacketOutcome fate_without_arrival(std::int32_t transit) {
    if (transit == kNever) return PacketOutcome::kNotSent;
    return transit == kMissing ? PacketOutcome::kLost : PacketOutcome::kUnknown;
  }
  void set_transit(std::size_t sequence, Nanos transit);
  void order_arrivals();

  Schedule schedule_;
  Nanos late_after_;
  Column<std::int32_t> lateness_;
  Column<std::int32_t> transit_;  ///< First arrival − schedule, ns, or one of the above.
  std::unordered_map<std::size_t, Nanos> far_;
  /// The packets that came within one of these came in order, one part after the other.
  std::vector<Range> arrivals_;
  std::vector<std::uint32_t> duplicates_;
};

}  // namespace wandrill
