// SPDX-License-Identifier: Apache-2.0
#include "link/effect.hpp"

#include <algorithm>
#include <cmath>

#include "link/prover_frame.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

/// Stalls of a shared machine are shorter.
constexpr Nanos kStallAllowance = 100ms;
constexpr Nanos kLongestQueue = 2s;
constexpr Nanos kPatience = 2s;
constexpr double kBurstMilliseconds = 10.0;
/// That a rate has gone shows in what does not take time: a stall must not hide it.
constexpr double kLiftedBurstMilliseconds = 60.0;
constexpr int kMostFrames = 200;

constexpr std::pair<Effect, Chance Impairment::*> kChances[] = {
    {Effect::kReorder, &Impairment::reorder},
    {Effect::kDuplicate, &Impairment::duplicate},
    {Effect::kCorrupt, &Impairment::corrupt}};

/// How long a frame may wait at a full queue.
Nanos time_in_queue(const Impairment& impairment) {
  if (impairment.rate.value == 0) return Nanos{0};
  const double seconds = 8.0 * static_cast<double>(effective_queue(impairment).value) /
                         static_cast<double>(impairment.rate.value);
  return Nanos{static_cast<Nanos::rep>(
      std::min(seconds, std::chrono::duration<double>(kLongestQueue).count()) * 1e9)};
}

Nanos longest(const Impairment& impairment) {
  return impairment.delay + impairment.jitter;
}

/// As many full frames as take this long at this rate, between 4 and 64.
int burst_for(BitsPerSecond rate, double milliseconds) {
  const double frames =
      static_cast<double>(rate.value) * milliseconds / 1000.0 / (8.0 * kFullProverFrame);
  return static_cast<int>(std::clamp(std::ceil(frames), 4.0, 64.0));
}

/// So many that a few are to be expected to share a fate, or 200.
int frames_for(Percent share) {
  return std::clamp(static_cast<int>(std::ceil(2000.0 / share.value)), 40, kMostFrames);
}

EffectWanted wanted(Effect effect, Direction direction, const LinkState& before,
                    const LinkState& after) {
  const bool changed = before.dark(direction) != after.dark(direction) ||
                       before.of(direction) != after.of(direction);
  return {effect, direction, before.of(direction), after.of(direction), changed};
}

}  // namespace

Chance share_of(const EffectWanted& wanted) {
  if (wanted.effect == Effect::kLoss)
    return {mean_loss(wanted.after), Percent{100.0 * loss_dependence(wanted.after)}};
  for (const auto& [effect, chance] : kChances)
    if (effect == wanted.effect) return wanted.after.*chance;
  return {};
}

bool LinkState::dark(Direction direction) const noexcept {
  const auto& impairment = of(direction);
  return impairment.blackhole || mean_loss(impairment).value >= 100.0 || !router_port_up ||
         !isp_port_up;
}

std::string_view to_string(Effect effect) {
  switch (effect) {
    case Effect::kDark:
      return "dark";
    case Effect::kClean:
      return "clean";
    case Effect::kDelay:
      return "delay";
    case Effect::kJitter:
      return "jitter";
    case Effect::kLoss:
      return "loss";
    case Effect::kRate:
      return "rate";
    case Effect::kReorder:
      return "reorder";
    case Effect::kDuplicate:
      return "duplicate";
    case Effect::kCorrupt:
      return "corrupt";
    case Effect::kLifted:
      return "rate lifted";
  }
  return "";
}

std::vector<EffectWanted> effects_of(const LinkState& before, const LinkState& after) {
  std::vector<EffectWanted> effects;
  for (const auto direction : {Direction::kUp, Direction::kDown}) {
    const auto add = [&](Effect effect) {
      effects.push_back(wanted(effect, direction, before, after));
    };
    if (after.dark(direction)) {
      if (!before.dark(direction)) add(Effect::kDark);
      continue;
    }
    const auto& was = before.of(direction);
    const auto& is = after.of(direction);
    const std::size_t count = effects.size();
    if (is.delay > was.delay) add(Effect::kDelay);
    if (is.jitter > was.jitter) add(Effect::kJitter);
    const Percent lost = mean_loss(is);
    if (lost != mean_loss(was) && lost.value > 0.0) add(Effect::kLoss);
    for (const auto& [effect, chance] : kChances)
      if (is.*chance != was.*chance && (is.*chance).share.value > 0.0) add(effect);
    const bool slower = is.rate.value > 0 && (was.rate.value == 0 || is.rate < was.rate);
    const bool faster = was.rate.value > 0 && (is.rate.value == 0 || is.rate > was.rate);
    if (slower) add(Effect::kRate);
    if (faster) add(Effect::kLifted);
    const bool something_ended = before.dark(direction) || is.delay < was.delay ||
                                 is.jitter < was.jitter || lost < mean_loss(was) ||
                                 std::ranges::any_of(kChances, [&](const auto& one) {
                                   return (is.*one.second).share < (was.*one.second).share;
                                 });
    if (effects.size() == count || something_ended) add(Effect::kClean);
  }
  return effects;
}

ProbePattern pattern_for(const EffectWanted& wanted) {
  const auto& after = wanted.after;
  const Nanos slowest = std::max(longest(wanted.before), longest(after)) +
                        std::max(time_in_queue(wanted.before), time_in_queue(after));
  ProbePattern pattern{.size = kSmallProverFrame,
                       .interval = 2ms,
                       .batch = 1,
                       .pause = 2ms,
                       .settle = slowest + kStallAllowance,
                       .patience = 2 * slowest + kPatience};
  switch (wanted.effect) {
    case Effect::kDark:
    case Effect::kDelay:
      pattern.pause = 10ms;
      break;
    case Effect::kClean:
      break;
    case Effect::kJitter:
      pattern.batch = 30;
      pattern.interval = std::max<Nanos>(1ms, after.jitter / 5);
      pattern.pause = pattern.batch * pattern.interval;
      pattern.patience += 5 * pattern.pause;
      break;
    case Effect::kCorrupt:
      // Most of it padding, so that a flipped bit is seen and hardly ever hides the frame.
      pattern.size = kFullProverFrame;
      [[fallthrough]];
    case Effect::kLoss:
    case Effect::kReorder:
    case Effect::kDuplicate:
      pattern.batch = frames_for(share_of(wanted).share);
      pattern.interval = 1ms;
      pattern.pause = pattern.batch * pattern.interval + pattern.settle;
      pattern.patience = 4 * pattern.pause;
      break;
    case Effect::kRate:
    case Effect::kLifted: {
      pattern.size = kFullProverFrame;
      pattern.batch = wanted.effect == Effect::kRate
                          ? burst_for(after.rate, kBurstMilliseconds)
                          : burst_for(wanted.before.rate, kLiftedBurstMilliseconds);
      pattern.interval = Nanos{0};
      pattern.pause = pattern.settle + 100ms;
      pattern.patience = 5 * pattern.pause;
      break;
    }
  }
  return pattern;
}

}  // namespace wandrill
