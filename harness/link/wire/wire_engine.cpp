// SPDX-License-Identifier: Apache-2.0
#include "link/engine.hpp"
#include "link/wire/relay.hpp"
#include "link/wire/wire_slot.hpp"

namespace wandrill {
namespace {

/// The slot's frames pass through this process, on the relay's thread.
class WireEngine : public LinkEngine {
 public:
  WireEngine(Relay& relay, const NetNs& slot, const LinkSettings& settings)
      : relay_{relay}, slot_{slot, settings} {
    relay_.run([&](FramePool& pool) {
      slot_.change(Direction::kUp, settings.up, pool);
      slot_.change(Direction::kDown, settings.down, pool);
    });
    relay_.add(slot_);
  }
  ~WireEngine() override { relay_.remove(slot_); }

  void change(Direction direction, const Impairment& impairment) override {
    relay_.run([&](FramePool& pool) { slot_.change(direction, impairment, pool); });
  }
  void change_stage(std::size_t stage, Direction direction, const Impairment& impairment) override {
    relay_.run([&](FramePool& pool) { slot_.change_stage(stage, direction, impairment, pool); });
  }
  Impairment read_back_stage(std::size_t stage, Direction direction) override {
    Impairment result;
    relay_.run([&](FramePool&) { result = slot_.in_force(stage, direction); });
    return result;
  }
  Impairment read_back(Direction direction) override {
    Impairment result;
    relay_.run([&](FramePool&) { result = slot_.in_force(direction); });
    return result;
  }
  LinkCounters counters(Direction direction) override {
    LinkCounters result;
    relay_.run([&](FramePool&) { result = slot_.counters(direction); });
    return result;
  }
  void flush_toward(Side side) override {
    relay_.run([&](FramePool& pool) { slot_.flush_toward(side, pool); });
  }
  Engine engine() const noexcept override { return Engine::kWire; }

 private:
  Relay& relay_;
  WireSlot slot_;
};

}  // namespace

std::unique_ptr<LinkEngine> make_wire_engine(Relay& relay, const NetNs& slot,
                                             const LinkSettings& settings) {
  return std::make_unique<WireEngine>(relay, slot, settings);
}

}  // namespace wandrill
