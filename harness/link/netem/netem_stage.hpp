// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <linux/filter.h>

#include "link/engine.hpp"
#include "net/netlink.hpp"

namespace wandrill {

/// One filter's stage in a slot of the netem engine: a cable of its own (a veth pair) that all
/// frames of the slot cross. On each way out of it a netem holds what matches; everything else
/// passes by. The line's own netem comes behind, so what is treated apart still shares its rate.
///
/// Laid out once, afterwards only changed. It lives as long as its namespace.
class NetemStage {
 public:
  /// `number`: of its filter in `settings`.
  NetemStage(Netlink& netlink, const NetNs& slot, const LinkSettings& settings, std::size_t number);

  /// The cable's ends, toward the router and toward the ISP.
  [[nodiscard]] const std::string& router_side() const noexcept { return ends_[1].name; }
  [[nodiscard]] const std::string& isp_side() const noexcept { return ends_[0].name; }

  void change(Netlink& netlink, Direction direction, const Impairment& impairment,
              std::uint64_t seed);
  /// Throws MachineError when the filter is no longer what was installed.
  [[nodiscard]] Impairment read_back(Netlink& netlink, Direction direction);
  /// Frames that were dropped here, and how many passed the netem.
  [[nodiscard]] LinkCounters counters(Netlink& netlink, Direction direction);

 private:
  /// What frames of a direction leave the cable's near end through.
  struct End {
    std::string name;
    int index = 0;
    Impairment asked{};
  };
  End& out(Direction direction) noexcept { return ends_[direction == Direction::kUp ? 1 : 0]; }
  void install(Netlink& netlink, const End& end);
  void check_filter(Netlink& netlink, const End& end);

  std::string what_;  ///< For errors: "the filter udp port 5060 on wan wan_a"
  std::vector<sock_filter> program_;
  std::array<End, 2> ends_;
};

}  // namespace wandrill
