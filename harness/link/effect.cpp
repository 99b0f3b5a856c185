// SPDX-License-Identifier: Apache-2.0
#include "link/effect.hpp"

#include <algorithm>
#include <cmath>

#include "link/proof/prover_frame.hpp"
#include "link/wire/packet_match.hpp"

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

constexpr std::pair<Effect, CorrelatedProbability Impairment::*> kChances[] = {
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

/// As many frames of this size as take this long at this rate, between 4 and 64.
int burst_for(BitsPerSecond rate, double milliseconds, std::size_t size) {
  const double frames = static_cast<double>(rate.value) * milliseconds / 1000.0 /
                        (8.0 * static_cast<double>(std::max(size, kSmallProverFrame)));
  return static_cast<int>(std::clamp(std::ceil(frames), 4.0, 64.0));
}

/// So many that a few are to be expected to share a fate, or 200.
int frames_for(Percent share) {
  return std::clamp(static_cast<int>(std::ceil(2000.0 / share.value)), 40, kMostFrames);
}

/// One direction as frames of one head meet it.
struct View {
  Direction direction = Direction::kUp;
  ProbeHead head{};
  Impairment was{};
  Impairment is{};
  bool was_dark = false;
  bool is_dark = false;
};

bool swallows(const Impairment& impairment) {
  return impairment.blackhole || mean_loss(impairment).value >= 100.0;
}

View view_of(const LinkState& before, const LinkState& after, Direction direction,
             const ProbeHead& head) {
  View view{.direction = direction,
            .head = head,
            .was = before.met_by(head, direction),
            .is = after.met_by(head, direction)};
  view.was_dark = swallows(view.was) || !before.router_port_up || !before.isp_port_up;
  view.is_dark = swallows(view.is) || !after.router_port_up || !after.isp_port_up;
  return view;
}

/// A direction as a frame without an IP packet meets it; and as those do that a changed stage is
/// about.
std::vector<View> views_of(const LinkState& before, const LinkState& after, Direction direction) {
  std::vector<View> views{view_of(before, after, direction, {})};
  for (std::size_t i = 0; i < after.stages.size(); ++i) {
    const auto& stage = after.stages[i];
    const auto was = i < before.stages.size() ? before.stages[i].of(direction) : Impairment{};
    if (was == stage.of(direction)) continue;
    views.push_back(view_of(before, after, direction, matching_head(stage.filter)));
    for (const auto& miss : near_misses(stage.filter))
      if (frame_size(miss, kSmallProverFrame) > 0)
        views.push_back(view_of(before, after, direction, miss));
  }
  return views;
}

/// What frames of one head must show.
void add_effects(const View& view, std::vector<EffectWanted>& effects) {
  const bool changed = view.was_dark != view.is_dark || view.was != view.is;
  const auto add = [&](Effect effect) {
    effects.push_back({effect, view.direction, view.was, view.is, changed, view.head});
  };
  if (view.is_dark) {
    if (!view.was_dark) add(Effect::kDark);
    return;
  }
  const auto& was = view.was;
  const auto& is = view.is;
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
  const bool something_ended = view.was_dark || is.delay < was.delay || is.jitter < was.jitter ||
                               lost < mean_loss(was) ||
                               std::ranges::any_of(kChances, [&](const auto& one) {
                                 return (is.*one.second).share < (was.*one.second).share;
                               });
  if (effects.size() == count || something_ended) add(Effect::kClean);
}

}  // namespace

CorrelatedProbability share_of(const EffectWanted& wanted) {
  if (wanted.effect == Effect::kLoss)
    return {mean_loss(wanted.after), Percent{100.0 * loss_dependence(wanted.after)}};
  for (const auto& [effect, chance] : kChances)
    if (effect == wanted.effect) return wanted.after.*chance;
  return {};
}

bool LinkState::dark(Direction direction) const noexcept {
  return swallows(of(direction)) || !router_port_up || !isp_port_up;
}

Impairment LinkState::met_by(const ProbeHead& head, Direction direction) const {
  auto met = of(direction);
  if (!head.ip) return met;
  std::vector<std::uint8_t> frame(std::max(frame_size(head, kSmallProverFrame), kSmallProverFrame));
  write_head(head, {}, frame);
  for (const auto& stage : stages)
    if (PacketMatch{stage.filter}(frame)) met = in_series(stage.of(direction), met);
  return met;
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
  for (const auto direction : {Direction::kUp, Direction::kDown})
    for (const auto& view : views_of(before, after, direction))
      add_effects(view, effects);
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
      const auto size = frame_size(wanted.head, pattern.size);
      pattern.batch = wanted.effect == Effect::kRate
                          ? burst_for(after.rate, kBurstMilliseconds, size)
                          : burst_for(wanted.before.rate, kLiftedBurstMilliseconds, size);
      pattern.interval = Nanos{0};
      pattern.pause = pattern.settle + 100ms;
      pattern.patience = 5 * pattern.pause;
      break;
    }
  }
  pattern.size = frame_size(wanted.head, pattern.size);
  return pattern;
}

}  // namespace wandrill
