// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <memory>

#include "link/engine.hpp"
#include "net/netlink.hpp"

namespace wandrill {

/// The slot of one WAN link, in force: what stands between the router's port and the ISP's.
class ImpairedLink {
 public:
  /// `slot`: its namespace, with both interfaces of `settings` in it, up, and no address on them.
  /// `relay`: for Engine::kWire; must outlive the link.
  ImpairedLink(const NetNs& slot, const LinkSettings& settings, Engine engine, Relay* relay);

  /// In place: frames under way stay, and stay in order. Returns when it is acknowledged. Frames
  /// that arrived at the slot before the call meet what was in force before it.
  void change(Direction direction, const Impairment& impairment);
  /// What is in force, as the engine itself has it.
  [[nodiscard]] Impairment read_back(Direction direction);
  /// As change() and read_back(), for the stage of this number in LinkSettings::filters.
  void change_stage(std::size_t stage, Direction direction, const Impairment& impairment);
  [[nodiscard]] Impairment read_back_stage(std::size_t stage, Direction direction);
  /// Takes the link away from the port on this side, or gives it back. Frames on their way to a
  /// port without link are lost. No effect when it is so already.
  void set_port(Side side, bool up);
  [[nodiscard]] LinkCounters counters(Direction direction);
  [[nodiscard]] Engine engine() const noexcept { return engine_->engine(); }

 private:
  struct Port {
    int index = 0;
    bool up = true;
  };
  [[nodiscard]] const Port& port(Side side) const noexcept {
    return ports_[side == Side::kRouter ? 0 : 1];
  }

  Netlink netlink_;
  std::array<Port, 2> ports_;
  std::unique_ptr<LinkEngine> engine_;
};

}  // namespace wandrill
