// SPDX-License-Identifier: Apache-2.0
#include "link/pipeline.hpp"

namespace wandrill {

Pipeline::Pipeline(PipelineSeed seed) : seed_{std::move(seed)} {}

std::uint64_t Pipeline::next_seed(const char* purpose, std::uint64_t installation) const {
  return derive_seed(
      seed_.run, {seed_.wan, to_string(seed_.direction), purpose, std::to_string(installation)});
}

void Pipeline::change(const Impairment& impairment, Clock::time_point now) {
  advance(now);
  blackhole_.change(impairment.blackhole);
  if (impairment.loss != loss_.percent())
    loss_.change(impairment.loss,
                 impairment.loss.value > 0.0 ? next_seed("loss", losses_installed_++) : 0);
  if (impairment.jitter != delay_.jitter() && impairment.jitter > Nanos{0})
    delay_.seed(next_seed("jitter", jitters_installed_++));
  queue_asked_ = impairment.queue;
  rate_.change(impairment.rate, effective_queue(impairment), now);
  delay_.change(impairment.delay, impairment.jitter);
}

Impairment Pipeline::in_force() const {
  return {.blackhole = blackhole_.drops(),
          .loss = loss_.percent(),
          .delay = delay_.delay(),
          .jitter = delay_.jitter(),
          .rate = rate_.rate(),
          .queue = queue_asked_};
}

Pipeline::Fate Pipeline::enter(Frame& frame, Clock::time_point now) {
  if (blackhole_.drops()) return Fate::kBlackholed;
  if (frame.is_proof ? loss_.drops_proof() : loss_.drops()) return Fate::kLost;
  advance(now);
  return rate_.push(frame, now) ? Fate::kAccepted : Fate::kQueueFull;
}

void Pipeline::advance(Clock::time_point now) {
  for (auto next = rate_.next(); next && *next <= now; next = rate_.next()) {
    Frame& frame = rate_.pop();
    delay_.push(frame, frame.at);
  }
}

std::optional<Clock::time_point> Pipeline::next_due() const {
  if (const Frame* first = delay_.front(); first != nullptr) return first->at;
  // A frame that leaves the queue still has the delay before it: no need to look earlier.
  if (const auto next = rate_.next()) return *next + delay_.shortest();
  return std::nullopt;
}

Frame* Pipeline::take_due(Clock::time_point now) {
  advance(now);
  const Frame* first = delay_.front();
  return first != nullptr && first->at <= now ? &delay_.pop() : nullptr;
}

FrameQueue Pipeline::take_all() {
  FrameQueue all = delay_.take_all();
  FrameQueue waiting = rate_.take_all();
  while (!waiting.empty())
    all.push(waiting.pop());
  return all;
}

}  // namespace wandrill
