// SPDX-License-Identifier: Apache-2.0
#include "link/wire/wire_slot.hpp"

#include <algorithm>

namespace wandrill {
namespace {

/// Frames read at a time, so that sending does not wait for a flood to end.
constexpr int kReadBatch = 256;
/// Before a change, everything in the ring is read: no more than the ring holds.
constexpr int kRingful = 4096;

}  // namespace

WireSlot::WireSlot(const NetNs& slot, const LinkSettings& settings)
    : lanes_{Lane{.in{slot, settings.router_side},
                  .pipeline{{settings.seed, settings.wan, Direction::kUp}, settings.filters}},
             Lane{.in{slot, settings.isp_side},
                  .pipeline{{settings.seed, settings.wan, Direction::kDown}, settings.filters}}} {}

std::optional<Clock::time_point> WireSlot::receive(Lane& lane, FramePool& pool, int most) {
  FrameQueue frames = lane.in.read(pool, most);
  if (frames.empty()) return std::nullopt;
  const auto earliest = frames.front()->at;
  while (!frames.empty()) {
    Frame& frame = frames.pop();
    ++lane.counters.frames;
    lane.counters.bytes += frame.size;
    lane.pipeline.enter(frame, pool);
  }
  return earliest;
}

std::optional<Clock::time_point> WireSlot::receive(FramePool& pool) {
  std::optional<Clock::time_point> earliest;
  for (auto& lane : lanes_)
    if (const auto first = receive(lane, pool, kReadBatch))
      earliest = earliest ? std::min(*earliest, *first) : *first;
  return earliest;
}

void WireSlot::send_due(FramePool& pool, Clock::time_point now) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    Lane& from = lanes_[i];
    FrameQueue due;
    while (Frame* frame = from.pipeline.take_due(now, pool))
      due.push(*frame);
    if (due.empty()) continue;
    const auto result = lanes_[1 - i].in.send(due, pool);
    from.counters.forwarded += result.sent;
    from.counters.port_down += result.refused;
    from.counters.harness_dropped += result.no_room;
  }
}

std::optional<Clock::time_point> WireSlot::next_due() const {
  const auto up = lanes_[0].pipeline.next_due();
  const auto down = lanes_[1].pipeline.next_due();
  return up && down ? std::min(*up, *down) : up ? up : down;
}

void WireSlot::change(Direction direction, const Impairment& impairment, FramePool& pool) {
  Lane& changed = lane(direction);
  receive(changed, pool, kRingful);
  changed.pipeline.change(impairment, Clock::now());
}

void WireSlot::change_stage(std::size_t stage, Direction direction, const Impairment& impairment,
                            FramePool& pool) {
  Lane& changed = lane(direction);
  receive(changed, pool, kRingful);
  changed.pipeline.change_stage(stage, impairment, Clock::now());
}

Impairment WireSlot::in_force(Direction direction) {
  return lane(direction).pipeline.in_force();
}

Impairment WireSlot::in_force(std::size_t stage, Direction direction) {
  return lane(direction).pipeline.in_force(stage);
}

void WireSlot::flush_toward(Side side, FramePool& pool) {
  Lane& toward = lane(side == Side::kIsp ? Direction::kUp : Direction::kDown);
  receive(toward, pool, kRingful);
  FrameQueue all = toward.pipeline.take_all();
  while (!all.empty()) {
    ++toward.counters.port_down;
    pool.give_back(all.pop());
  }
}

void WireSlot::release(FramePool& pool) {
  for (auto& each : lanes_) {
    FrameQueue all = each.pipeline.take_all();
    pool.give_back_all(all);
  }
}

LinkCounters WireSlot::counters(Direction direction) {
  Lane& counted = lane(direction);
  counted.counters.harness_dropped += counted.in.take_drops();
  auto result = counted.counters;
  const auto within = counted.pipeline.counters();
  result.lost = within.lost;
  result.blackholed = within.blackholed;
  result.queue_dropped = within.queue_dropped;
  result.duplicated = within.duplicated;
  result.corrupted = within.corrupted;
  result.reordered = within.reordered;
  result.harness_dropped += within.harness_dropped;
  return result;
}

}  // namespace wandrill
