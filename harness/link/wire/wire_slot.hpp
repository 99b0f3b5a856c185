// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <optional>

#include "link/counters.hpp"
#include "link/engine.hpp"
#include "link/wire/packet_port.hpp"
#include "link/wire/staged_pipeline.hpp"

namespace wandrill {

/// The two ports of one slot and the pipelines between them. Belongs to the relay's thread once it
/// is added there.
class WireSlot {
 public:
  WireSlot(const NetNs& slot, const LinkSettings& settings);

  /// Reads what has arrived into the pipelines. The earliest arrival among it, if any.
  std::optional<Clock::time_point> receive(FramePool& pool);
  /// Sends what is due.
  void send_due(FramePool& pool, Clock::time_point now);
  [[nodiscard]] std::optional<Clock::time_point> next_due() const;

  /// Frames that arrived before this call still meet the old impairment.
  void change(Direction direction, const Impairment& impairment, FramePool& pool);
  void change_stage(std::size_t stage, Direction direction, const Impairment& impairment,
                    FramePool& pool);
  [[nodiscard]] Impairment in_force(Direction direction);
  [[nodiscard]] Impairment in_force(std::size_t stage, Direction direction);
  /// Forgets the frames that are on their way to a port.
  void flush_toward(Side side, FramePool& pool);
  /// Gives every frame back, before the end.
  void release(FramePool& pool);
  [[nodiscard]] LinkCounters counters(Direction direction);
  [[nodiscard]] PacketPort& port(Side side) noexcept { return lane(side).in; }

 private:
  /// One direction: from the port where it comes in.
  struct Lane {
    PacketPort in;
    StagedPipeline pipeline;
    LinkCounters counters{};
  };
  [[nodiscard]] Lane& lane(Side in) noexcept { return lanes_[in == Side::kRouter ? 0 : 1]; }
  [[nodiscard]] Lane& lane(Direction direction) noexcept {
    return lanes_[direction == Direction::kUp ? 0 : 1];
  }
  static std::optional<Clock::time_point> receive(Lane& lane, FramePool& pool, int most);

  std::array<Lane, 2> lanes_;
};

}  // namespace wandrill
