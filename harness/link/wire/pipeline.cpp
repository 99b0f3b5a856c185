// SPDX-License-Identifier: Apache-2.0
#include "link/wire/pipeline.hpp"

namespace wandrill {

Pipeline::Pipeline(PipelineSeed seed) : seed_{std::move(seed)} {}

std::uint64_t Pipeline::next_seed(const char* purpose, std::uint64_t installation) const {
  return derive_seed(
      seed_.run, {seed_.wan, to_string(seed_.direction), purpose, std::to_string(installation)});
}

void Pipeline::change(const Impairment& impairment, Clock::time_point now) {
  advance(now);
  blackhole_.change(impairment.blackhole);
  change_lots(impairment);
  const bool varies_otherwise =
      impairment.jitter != delay_.jitter() || impairment.jitter_correlation != delay_.correlation();
  if (varies_otherwise && impairment.jitter > Nanos{0})
    delay_.seed(next_seed("jitter", jitters_installed_++), impairment.jitter_correlation);
  queue_asked_ = impairment.queue;
  rate_.change(impairment.rate, effective_queue(impairment), now);
  delay_.change(impairment.delay, impairment.jitter);
}

void Pipeline::change_lots(const Impairment& impairment) {
  const auto change = [this](auto& lot, const CorrelatedProbability& chance, const char* purpose,
                             std::uint64_t& installed) {
    if (chance != lot.chance())
      lot.change(chance, chance.share.value > 0.0 ? next_seed(purpose, installed++) : 0);
  };
  change(loss_, {impairment.loss, impairment.loss_correlation}, "loss", losses_installed_);
  change(duplicate_, impairment.duplicate, "duplicate", duplicates_installed_);
  change(corrupt_, impairment.corrupt, "corrupt", corruptions_installed_);
  change(reorder_, impairment.reorder, "reorder", reorders_installed_);
  if (impairment.bursts != bursts_.bursts())
    bursts_.change(impairment.bursts,
                   impairment.bursts.on() ? next_seed("bursts", bursts_installed_++) : 0);
}

Impairment Pipeline::in_force() const {
  return {.blackhole = blackhole_.drops(),
          .loss = loss_.chance().share,
          .loss_correlation = loss_.chance().correlation,
          .bursts = bursts_.bursts(),
          .delay = delay_.delay(),
          .jitter = delay_.jitter(),
          .jitter_correlation = delay_.jitter() > Nanos{0} ? delay_.correlation() : Percent{},
          .rate = rate_.rate(),
          .queue = queue_asked_,
          .reorder = reorder_.chance(),
          .duplicate = duplicate_.chance(),
          .corrupt = corrupt_.chance()};
}

Pipeline::Disposition Pipeline::enter(Frame& frame, Clock::time_point now) {
  if (blackhole_.drops()) return Disposition::kBlackholed;
  if (loss_.falls_on(frame) || bursts_.drops(frame)) return Disposition::kLost;
  if (corrupt_.touch(frame)) ++corrupted_;
  advance(now);
  if (reorder_.falls_on(frame)) {
    frame.at = now;
    overtaking_.push(frame);
    return Disposition::kOvertakes;
  }
  return rate_.push(frame, now) ? Disposition::kAccepted : Disposition::kQueueFull;
}

void Pipeline::advance(Clock::time_point now) {
  for (auto next = rate_.next(); next && *next <= now; next = rate_.next()) {
    Frame& frame = rate_.pop();
    delay_.push(frame, frame.at);
  }
}

std::optional<Clock::time_point> Pipeline::next_due() const {
  if (const Frame* first = overtaking_.front(); first != nullptr) return first->at;
  if (const Frame* first = delay_.front(); first != nullptr) return first->at;
  // A frame that leaves the queue still has the delay before it: no need to look earlier.
  if (const auto next = rate_.next()) return *next + delay_.shortest();
  return std::nullopt;
}

Frame* Pipeline::take_due(Clock::time_point now) {
  if (!overtaking_.empty()) return &overtaking_.pop();
  advance(now);
  const Frame* first = delay_.front();
  return first != nullptr && first->at <= now ? &delay_.pop() : nullptr;
}

FrameQueue Pipeline::take_all() {
  FrameQueue all = std::exchange(overtaking_, FrameQueue{});
  FrameQueue delayed = delay_.take_all();
  while (!delayed.empty())
    all.push(delayed.pop());
  FrameQueue waiting = rate_.take_all();
  while (!waiting.empty())
    all.push(waiting.pop());
  return all;
}

}  // namespace wandrill
