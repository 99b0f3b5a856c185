// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "base/clock.hpp"
#include "link/engine.hpp"
#include "net/netns.hpp"

namespace wandrill {

/// Two ends with a slot between them, as a WAN link has it, but nothing in the slot forwards yet.
class TestLine {
 public:
  TestLine();

  [[nodiscard]] const NetNs& slot() const noexcept { return slot_; }
  /// With this delay each way.
  static LinkSettings settings(Nanos delay);

  /// Sends datagrams from one end to the other, one each `interval`; how long each that arrived
  /// within a second was under way, in the order of sending.
  [[nodiscard]] std::vector<Nanos> send(int count, Nanos interval) const;

 private:
  NetNs home_;
  NetNs isp_;
  NetNs slot_;
};

}  // namespace wandrill
