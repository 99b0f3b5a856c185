// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "link/proof/evidence.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using Outcome = Proof::Outcome;

constexpr std::uint64_t kFastestRate = 1'000'000'000;

/// How far apart the frames of a burst arrived.
struct Spread {
  std::size_t frames = 0;
  Nanos total{0};
  Nanos longest_gap{0};
};

Spread spread_of(Frames batch) {
  std::vector<Clock::time_point> arrivals;
  for (const auto& frame : batch)
    if (frame.latency) arrivals.push_back(frame.sent + *frame.latency);
  std::ranges::sort(arrivals);
  Spread spread{.frames = arrivals.size()};
  if (arrivals.size() < 2) return spread;
  spread.total = arrivals.back() - arrivals.front();
  for (std::size_t i = 1; i < arrivals.size(); ++i)
    spread.longest_gap = std::max<Nanos>(spread.longest_gap, arrivals[i] - arrivals[i - 1]);
  return spread;
}

/// Of so many frames of this size, from the first's arrival to the last's.
double seconds_on_line(std::size_t frames, std::size_t size, BitsPerSecond rate) {
  return frames < 2 ? 0.0
                    : 8.0 * static_cast<double>(size) * static_cast<double>(frames - 1) /
                          static_cast<double>(rate.value);
}

Nanos time_on_line(std::size_t size, BitsPerSecond rate) {
  if (rate.value == 0) return 0ns;
  return std::chrono::round<Nanos>(std::chrono::duration<double>(8.0 * static_cast<double>(size) /
                                                                 static_cast<double>(rate.value)));
}

/// What one burst says of a rate that was lifted.
enum class Word : std::uint8_t { kLifted, kStillThere, kNothing };

/// A line of the old rate lets no frame of a burst out before those ahead of it: one that comes
/// earlier cannot have met it. Stalls make frames late, never early, so they prove nothing wrongly;
/// but a sender that was held up between its frames made no burst.
Word word_of(Frames batch, std::size_t size, const EffectWanted& wanted) {
  const auto& after = wanted.after;
  const Nanos old_time = time_on_line(size, wanted.before.rate);
  const Nanos new_time = time_on_line(size, after.rate);
  const Nanos telling = (old_time - new_time) * static_cast<Nanos::rep>(batch.size() - 1) / 2;
  const Nanos margin = std::max<Nanos>(kEarly, telling / 2);
  const bool may_overtake = after.reorder.share.value > 0.0;
  const Nanos least_delay = may_overtake ? 0ns : std::max<Nanos>(0ns, after.delay - after.jitter);
  auto old_free = batch.front().sent;
  auto new_free = old_free;
  bool tells = false;
  for (const auto& frame : batch) {
    if (!frame.latency) continue;
    old_free = std::max(old_free, frame.sent) + old_time;
    new_free = std::max(new_free, frame.sent) + new_time;
    if (old_free - new_free < telling) continue;
    tells = true;
    if (frame.sent + *frame.latency < old_free - margin + least_delay) return Word::kLifted;
  }
  return tells ? Word::kStillThere : Word::kNothing;
}

}  // namespace

Proof judge_rate(const Evidence& evidence) {
  const auto rate = evidence.wanted.after.rate;
  const auto size = evidence.pattern.size;
  if (rate.value > kFastestRate) return unproven(evidence, "the rate is above 1 Gbit/s");
  for (const auto& batch : complete_batches(evidence)) {
    const Spread spread = spread_of(batch);
    if (spread.frames < 3) continue;
    const double expected = seconds_on_line(spread.frames, size, rate);
    const double total = std::chrono::duration<double>(spread.total).count();
    const double without_gap =
        std::chrono::duration<double>(spread.total - spread.longest_gap).count();
    // One gap may be a stall; a rate is gaps all along.
    if (total < 0.8 * expected || without_gap < 0.4 * expected) continue;
    return {Outcome::kProven, batch.front().sent,
            fmt::format("{}: {} frames of {} bytes in {:.2f} ms", evidence.direction(),
                        spread.frames, size, total * 1e3)};
  }
  return refuted_or_pending(evidence, "bursts are not spread");
}

Proof judge_lifted(const Evidence& evidence) {
  if (evidence.wanted.before.rate.value > kFastestRate)
    return unproven(evidence, "the rate was above 1 Gbit/s");
  int against = 0;
  for (const auto& batch : complete_batches(evidence)) {
    const auto word = word_of(batch, evidence.pattern.size, evidence.wanted);
    if (word == Word::kStillThere) ++against;
    if (word != Word::kLifted) continue;
    const Spread spread = spread_of(batch);
    return {Outcome::kProven, batch.front().sent,
            fmt::format("{}: {} frames of {} bytes in {:.2f} ms", evidence.direction(),
                        spread.frames, evidence.pattern.size, in_milliseconds(spread.total))};
  }
  const bool patient = evidence.now - evidence.start < kStarvation * evidence.pattern.patience;
  if (against < 2) return patient ? Proof{} : unproven(evidence, "the tester was too busy to tell");
  return refuted_or_pending(evidence, "bursts are still spread");
}

}  // namespace wandrill
