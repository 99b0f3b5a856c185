// SPDX-License-Identifier: Apache-2.0
#include "measure/index/loss_periods.hpp"

#include <algorithm>
#include <optional>

namespace wandrill {
namespace {

/// A run of losses while it is being found.
struct Run {
  std::size_t first = 0;
  std::size_t last = 0;
  std::uint64_t lost = 0;
  std::uint64_t not_sent = 0;
};

class Finder {
 public:
  Finder(const FlowPackets& packets, const StallLog& stalls, std::string_view subject)
      : packets_{packets}, stalls_{stalls}, subject_{subject} {}

  void take(std::size_t i) {
    if (packets_.is_lost(i)) {
      if (run_.lost++ == 0) run_.first = i;
      run_.last = i;
    } else if (packets_.fate(i) == PacketOutcome::kArrived) {
      close(false, packets_.scheduled(i));
      before_ = packets_.scheduled(i);
    } else if (run_.lost > 0 && packets_.fate(i) == PacketOutcome::kNotSent) {
      ++run_.not_sent;
    }
  }

  std::vector<LossPeriod> finish() {
    if (run_.lost > 0) close(true, packets_.scheduled(run_.last) + packets_.interval());
    return std::move(found_);
  }

 private:
  void close(bool open, RunInstant until) {
    if (run_.lost == 0) return;
    const RunInstant first = packets_.scheduled(run_.first);
    const TimeSpan gap{before_.value_or(first), until};
    const auto excused =
        static_cast<std::int64_t>(run_.not_sent + stalls_.overflows(subject_, gap));
    found_.push_back(
        {.first_missing = first,
         .last_missing = packets_.scheduled(run_.last),
         .gap = gap.length(),
         .lost = run_.lost,
         .open = open,
         .stalled = std::min(gap.length(), stalls_.credit(gap) + packets_.interval() * excused),
         .gap_start = gap.from});
    run_ = {};
  }

  const FlowPackets& packets_;
  const StallLog& stalls_;
  std::string_view subject_;
  std::optional<RunInstant> before_;
  Run run_;
  std::vector<LossPeriod> found_;
};

}  // namespace

std::vector<LossPeriod> find_loss_periods(const FlowPackets& packets, const TimeSpan& span,
                                          const StallLog& stalls, std::string_view subject) {
  Finder finder{packets, stalls, subject};
  const auto range = packets.within(span);
  for (std::size_t i = range.first; i < range.last; ++i)
    finder.take(i);
  return finder.finish();
}

}  // namespace wandrill
