// SPDX-License-Identifier: Apache-2.0
#include "link/wire/staged_pipeline.hpp"

#include <algorithm>

namespace wandrill {
namespace {

void count(LinkCounters& counters, Pipeline::Disposition fate) {
  switch (fate) {
    case Pipeline::Disposition::kAccepted:
      break;
    case Pipeline::Disposition::kOvertakes:
      ++counters.reordered;
      break;
    case Pipeline::Disposition::kBlackholed:
      ++counters.blackholed;
      break;
    case Pipeline::Disposition::kLost:
      ++counters.lost;
      break;
    case Pipeline::Disposition::kQueueFull:
      ++counters.queue_dropped;
      break;
  }
}

bool is_in(Pipeline::Disposition fate) {
  return fate == Pipeline::Disposition::kAccepted || fate == Pipeline::Disposition::kOvertakes;
}

}  // namespace

bool StagedPipeline::Stage::concerns(const Frame& frame) const {
  // What is still on its way through keeps its place before what comes now.
  if (idle && !pipeline.next_due()) return false;
  return matches({frame.bytes + FramePool::kPrefixBytes, frame.size});
}

StagedPipeline::StagedPipeline(const PipelineSeed& seed, const std::vector<TrafficFilter>& filters)
    : line_{seed} {
  for (const auto& filter : filters) {
    auto own = seed;
    own.wan += " " + to_string(filter);
    stages_.push_back({.matches = PacketMatch{filter}, .pipeline = Pipeline{own}});
  }
}

void StagedPipeline::change_stage(std::size_t stage, const Impairment& impairment,
                                  Clock::time_point now) {
  auto& changed = stages_.at(stage);
  changed.pipeline.change(impairment, now);
  changed.idle = impairment == Impairment{};
}

void StagedPipeline::enter(Frame& frame, FramePool& pool) {
  const auto now = frame.at;
  advance(now, pool);
  enter(0, frame, now, pool);
}

void StagedPipeline::enter(std::size_t stage, Frame& frame, Clock::time_point now,
                           FramePool& pool) {
  while (stage < stages_.size() && !stages_[stage].concerns(frame))
    ++stage;
  put_in(stage < stages_.size() ? stages_[stage].pipeline : line_, frame, now, pool);
}

void StagedPipeline::put_in(Pipeline& pipeline, Frame& frame, Clock::time_point now,
                            FramePool& pool) {
  const bool doubled = pipeline.doubles(frame);
  // Before the frame enters: it may be corrupted there.
  Frame* copy = doubled ? pool.copy(frame) : nullptr;
  counters_.harness_dropped += doubled && copy == nullptr ? 1 : 0;
  counters_.duplicated += copy != nullptr ? 1 : 0;
  for (Frame* each : {&frame, copy}) {
    if (each == nullptr) continue;
    const auto fate = pipeline.enter(*each, now);
    count(counters_, fate);
    if (!is_in(fate)) pool.give_back(*each);
  }
}

void StagedPipeline::advance(Clock::time_point now, FramePool& pool) {
  for (;;) {
    std::size_t first = stages_.size();
    auto earliest = Clock::time_point::max();
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      const auto due = stages_[i].pipeline.next_due();
      if (due && *due <= now && *due < earliest) {
        first = i;
        earliest = *due;
      }
    }
    if (first == stages_.size()) return;
    if (Frame* frame = stages_[first].pipeline.take_due(earliest))
      enter(first + 1, *frame, earliest, pool);
  }
}

std::optional<Clock::time_point> StagedPipeline::next_due() const {
  auto earliest = line_.next_due();
  for (const auto& stage : stages_)
    if (const auto due = stage.pipeline.next_due())
      earliest = earliest ? std::min(*earliest, *due) : *due;
  return earliest;
}

Frame* StagedPipeline::take_due(Clock::time_point now, FramePool& pool) {
  advance(now, pool);
  return line_.take_due(now);
}

FrameQueue StagedPipeline::take_all() {
  FrameQueue all = line_.take_all();
  for (auto& stage : stages_) {
    FrameQueue held = stage.pipeline.take_all();
    while (!held.empty())
      all.push(held.pop());
  }
  return all;
}

LinkCounters StagedPipeline::counters() const {
  auto result = counters_;
  result.corrupted = line_.corrupted();
  for (const auto& stage : stages_)
    result.corrupted += stage.pipeline.corrupted();
  return result;
}

}  // namespace wandrill
