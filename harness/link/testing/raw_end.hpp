// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "base/clock.hpp"
#include "link/testing/packets.hpp"
#include "link/testing/rig.hpp"

namespace wandrill::testing {

/// A number that came, and when.
struct Arrival {
  std::uint32_t number = 0;
  Clock::time_point at{};
};

/// One end of a Rig as a bare port: sends frames for a hardware address that nobody has, and sees
/// all such frames that arrive.
class RawEnd {
 public:
  explicit RawEnd(const NetNs& where);

  /// The number is behind the ports.
  void send(const Packet& packet, std::uint32_t number) const;
  /// What arrives until `most` have or `patience` is over.
  [[nodiscard]] std::vector<Arrival> receive(std::size_t most, Nanos patience) const;

 private:
  UniqueFd socket_;
};

}  // namespace wandrill::testing
