// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "link/proof/evidence.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using Outcome = Proof::Outcome;

constexpr std::size_t kDarkRun = 3;
/// 100 ms of frames: a stall that makes all of them late would have to be longer by the delay.
constexpr std::size_t kDelayRun = 11;
constexpr std::size_t kCleanRun = 5;
constexpr std::size_t kMostCleanRun = 200;
constexpr Nanos kSmallestDelay = 1ms;
constexpr Nanos kSmallestJitter = 1ms;
constexpr Nanos kLateAllowance = 30ms;
constexpr double kFewestLosses = 5.0;
constexpr double kDeviations = 4.5;

enum class Vote : std::uint8_t { kYes, kNo, kAbstains };

/// The first frame of the first `length` votes of yes without a no between them.
template <typename Ask>
const Observation* first_run(Frames frames, std::size_t length, Ask ask) {
  const Observation* first = nullptr;
  std::size_t run = 0;
  for (const auto& frame : frames) {
    const Vote vote = ask(frame);
    if (vote == Vote::kNo) run = 0;
    if (vote != Vote::kYes) continue;
    if (run++ == 0) first = &frame;
    if (run == length) return first;
  }
  return nullptr;
}

Proof judge_dark(const Evidence& evidence) {
  const auto* first = first_run(evidence.frames, kDarkRun, [&](const Observation& frame) {
    return evidence.lost(frame) ? Vote::kYes : Vote::kNo;
  });
  if (first == nullptr) return refuted_or_pending(evidence, "frames still arrive");
  return {Outcome::kProven, first->sent,
          fmt::format("{}: {} frames in a row lost", evidence.direction(), kDarkRun)};
}

/// How many clean frames in a row rule out that the old impairment is still there.
std::size_t clean_run(const EffectWanted& wanted) {
  const auto& [effect, direction, before, after, changed, head] = wanted;
  std::size_t run = kCleanRun;
  if (before.jitter > after.jitter) run = 4 * kCleanRun;
  const auto rule_out = [&run](Percent was, Percent is, double dependence) {
    if (was.value <= is.value || was.value >= 100.0) return;
    const double apart = (1.0 + dependence) / (1.0 - dependence);
    const double needed = std::log(1e-3) / std::log(1.0 - was.value / 100.0) * apart;
    // A share too small to be ruled out by that many frames has been read back.
    if (needed <= kMostCleanRun) run = std::max(run, static_cast<std::size_t>(needed) + 1);
  };
  rule_out(mean_loss(before), mean_loss(after), std::min(0.9, loss_dependence(before)));
  for (const auto chance : {&Impairment::reorder, &Impairment::duplicate, &Impairment::corrupt})
    rule_out((before.*chance).share, (after.*chance).share,
             (before.*chance).correlation.value / 100.0);
  return run;
}

/// What is still wrong with a frame that an impairment has no share in any more. One that overtook
/// has none of the delay: half of it is far from both, whatever an emulated clock is off by.
bool looks_treated(const EffectWanted& wanted, const Observation& frame) {
  const auto& [effect, direction, before, after, changed, head] = wanted;
  const auto gone = [&](CorrelatedProbability Impairment::*chance) {
    return (before.*chance).share.value > 0.0 && (after.*chance).share.value == 0.0;
  };
  return (frame.damaged && gone(&Impairment::corrupt)) ||
         (frame.copies > 1 && gone(&Impairment::duplicate)) ||
         (gone(&Impairment::reorder) && *frame.latency < (after.delay - after.jitter) / 2);
}

/// Late by more than this, a frame has met the old delay.
Nanos clean_allowance(const EffectWanted& wanted) {
  const Nanos removed =
      wanted.before.delay + wanted.before.jitter - wanted.after.delay - wanted.after.jitter;
  if (removed <= 0ns || wanted.before.blackhole) return kLateAllowance;
  return std::clamp<Nanos>(removed / 2, 2ms, kLateAllowance);
}

Proof judge_clean(const Evidence& evidence) {
  const auto& after = evidence.wanted.after;
  Nanos most = after.delay + after.jitter + clean_allowance(evidence.wanted);
  // Traffic of others may fill the queue of a limited rate for good: that is not unclean.
  const bool patient = evidence.now - evidence.start >= evidence.pattern.patience / 2;
  if (after.rate.value > 0 && patient) most = evidence.pattern.settle;
  const bool may_lose = mean_loss(after).value > 0.0 || after.corrupt.share.value > 0.0 ||
                        (after.rate.value > 0 && patient);
  // All were sent after the change: one that is still treated is one too many.
  if (std::ranges::any_of(evidence.frames, [&](const Observation& frame) {
        return frame.latency && looks_treated(evidence.wanted, frame);
      }))
    return refuted_or_pending(evidence, "frames still come early, doubled or damaged");
  const auto* first =
      first_run(evidence.frames, clean_run(evidence.wanted), [&](const Observation& frame) {
        if (frame.latency) return *frame.latency <= most ? Vote::kYes : Vote::kNo;
        if (may_lose) return Vote::kAbstains;
        return Vote::kNo;
      });
  if (first == nullptr)
    return refuted_or_pending(
        evidence, fmt::format("not all frames arrive within {:.1f} ms", in_milliseconds(most)));
  return {Outcome::kProven, first->sent,
          fmt::format("{}: {} frames in a row within {:.1f} ms", evidence.direction(),
                      clean_run(evidence.wanted), in_milliseconds(most))};
}

Proof judge_delay(const Evidence& evidence) {
  const auto& [effect, direction, before, after, changed, head] = evidence.wanted;
  const Nanos least = after.delay - after.jitter - kEarly;
  if (least < before.delay + before.jitter + kSmallestDelay)
    return unproven(evidence, "the delay is not above all that was there before");
  const Vote otherwise = after.reorder.share.value > 0.0 ? Vote::kAbstains : Vote::kNo;
  const auto* first = first_run(evidence.frames, kDelayRun, [=](const Observation& frame) {
    if (!frame.latency) return Vote::kAbstains;
    return *frame.latency >= least ? Vote::kYes : otherwise;
  });
  if (first == nullptr)
    return refuted_or_pending(
        evidence, fmt::format("frames are held for less than {:.1f} ms", in_milliseconds(least)));
  return {
      Outcome::kProven, first->sent,
      fmt::format("{}: one-way {:.2f} ms", evidence.direction(), in_milliseconds(*first->latency))};
}

/// Whether a chance fell on this frame, as far as it shows.
bool fell_on(const EffectWanted& wanted, const Observation& frame) {
  switch (wanted.effect) {
    case Effect::kReorder:
      // No stall makes a frame early.
      return frame.latency && *frame.latency < wanted.after.delay - wanted.after.jitter - kEarly;
    case Effect::kDuplicate:
      return frame.copies > 1;
    case Effect::kCorrupt:
      // A bit flipped in the header hides the frame.
      return frame.damaged || (!frame.latency && mean_loss(wanted.after).value == 0.0);
    default:
      return !frame.latency;
  }
}

std::string_view fate_in(Effect effect) {
  switch (effect) {
    case Effect::kReorder:
      return "early";
    case Effect::kDuplicate:
      return "doubled";
    case Effect::kCorrupt:
      return "damaged";
    default:
      return "lost";
  }
}

Proof judge_share(const Evidence& evidence) {
  const auto& wanted = evidence.wanted;
  const CorrelatedProbability wanted_share = share_of(wanted);
  const double chance = wanted_share.share.value / 100.0;
  const double expected = chance * evidence.pattern.batch;
  const auto fate = fate_in(wanted.effect);
  if (expected < kFewestLosses)
    return unproven(evidence,
                    fmt::format("the share of frames {} is too small to show in a few", fate));
  if (wanted.effect == Effect::kReorder &&
      wanted.after.delay - wanted.after.jitter - kEarly < kSmallestDelay)
    return unproven(evidence, "there is no delay above the jitter that frames could overtake");
  const double dependence = wanted_share.correlation.value / 100.0;
  const double spread = (1.0 + dependence) / std::max(0.01, 1.0 - dependence);
  const double margin = kDeviations * std::sqrt(expected * (1.0 - chance) * spread) + 1.0;
  for (const auto& batch : complete_batches(evidence)) {
    const auto shows = [&](const Observation& frame) { return fell_on(wanted, frame); };
    const auto count = static_cast<double>(std::ranges::count_if(batch, shows));
    if (count < std::max(1.0, expected - margin) || count > expected + margin) continue;
    return {Outcome::kProven, std::ranges::find_if(batch, shows)->sent,
            fmt::format("{}: {} of {} frames {}", evidence.direction(), count, batch.size(), fate)};
  }
  return refuted_or_pending(evidence, fmt::format("the share of frames {} is not {}", fate,
                                                  to_string(wanted_share.share)));
}

Proof judge_jitter(const Evidence& evidence) {
  const Nanos jitter = evidence.wanted.after.jitter;
  if (jitter < kSmallestJitter) return unproven(evidence, "the jitter is below 1 ms");
  for (const auto& batch : complete_batches(evidence)) {
    std::vector<Nanos> latencies;
    for (const auto& frame : batch)
      if (frame.latency) latencies.push_back(*frame.latency);
    if (latencies.size() < 10) continue;
    std::ranges::sort(latencies);
    // Between deciles, so that one stall does not pass for jitter.
    const auto tenth = latencies.size() / 10;
    const Nanos spread = latencies[latencies.size() - 1 - tenth] - latencies[tenth];
    if (spread < jitter * 2 / 5) continue;
    return {Outcome::kProven, batch.front().sent,
            fmt::format("{}: delays spread over {:.1f} ms", evidence.direction(),
                        in_milliseconds(spread))};
  }
  return refuted_or_pending(evidence, "the delay does not vary");
}

}  // namespace

Proof judge(const EffectWanted& wanted, std::span<const Observation> frames,
            Clock::time_point start, Clock::time_point now, Nanos lost) {
  const Evidence evidence{wanted, pattern_for(wanted), frames, start, now, lost};
  if (evidence.pattern.size == 0)
    return unproven(evidence, "packets of this size have no room for a proof");
  switch (wanted.effect) {
    case Effect::kDark:
      return judge_dark(evidence);
    case Effect::kClean:
      return judge_clean(evidence);
    case Effect::kDelay:
      return judge_delay(evidence);
    case Effect::kJitter:
      return judge_jitter(evidence);
    case Effect::kLoss:
    case Effect::kReorder:
    case Effect::kDuplicate:
    case Effect::kCorrupt:
      return judge_share(evidence);
    case Effect::kRate:
      return judge_rate(evidence);
    case Effect::kLifted:
      return judge_lifted(evidence);
  }
  return {};
}

}  // namespace wandrill
