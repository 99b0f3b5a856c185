// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "link/counters.hpp"
#include "link/wire/frame_pool.hpp"
#include "link/wire/packet_match.hpp"
#include "link/wire/pipeline.hpp"

namespace wandrill {

/// One direction of a slot: a stage for each filter, one behind the other, and the line behind them
/// all. A frame passes through the stages that it matches and past the others, and always through
/// the line: what is shaped or held back apart still shares the line's rate and queue. Pure but for
/// the frames' memory, which copies are taken from and lost frames go back to.
///
/// Without filters it is the line alone. A stage that does nothing and holds nothing back lets
/// frames past without looking at them.
class StagedPipeline {
 public:
  /// Each stage draws from sequences of its own: seeded as the line, with the filter's text.
  StagedPipeline(const PipelineSeed& seed, const std::vector<TrafficFilter>& filters);

  /// In place, as Pipeline::change().
  void change(const Impairment& impairment, Clock::time_point now) {
    line_.change(impairment, now);
  }
  void change_stage(std::size_t stage, const Impairment& impairment, Clock::time_point now);
  [[nodiscard]] Impairment in_force() const { return line_.in_force(); }
  [[nodiscard]] Impairment in_force(std::size_t stage) const {
    return stages_[stage].pipeline.in_force();
  }
  /// Takes over a frame, which is in the line, in a stage or lost when it returns.
  void enter(Frame& frame, FramePool& pool);
  /// When to ask take_due() again; nothing when no frame is in.
  [[nodiscard]] std::optional<Clock::time_point> next_due() const;
  /// The next frame that is due, or nullptr.
  Frame* take_due(Clock::time_point now, FramePool& pool);
  FrameQueue take_all();

  /// What was done to frames here: lost, blackholed, queue_dropped, duplicated, corrupted,
  /// reordered, and harness_dropped where no memory was left for a copy.
  [[nodiscard]] LinkCounters counters() const;

 private:
  struct Stage {
    PacketMatch matches;
    Pipeline pipeline;
    bool idle = true;  ///< Has no impairment.

    [[nodiscard]] bool concerns(const Frame& frame) const;
  };
  /// From this stage on; the line is behind the last.
  void enter(std::size_t stage, Frame& frame, Clock::time_point now, FramePool& pool);
  void put_in(Pipeline& pipeline, Frame& frame, Clock::time_point now, FramePool& pool);
  /// Moves what is due out of the stages onward, in the order of time.
  void advance(Clock::time_point now, FramePool& pool);

  std::vector<Stage> stages_;
  Pipeline line_;
  LinkCounters counters_;
};

}  // namespace wandrill
