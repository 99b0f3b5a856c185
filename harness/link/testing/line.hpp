// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "link/impaired_link.hpp"
#include "link/testing/rig.hpp"
#include "link/wire/relay.hpp"

namespace wandrill::testing {

/// Long enough for a machine that stalls.
constexpr Nanos kPatience = std::chrono::seconds{10};
/// What never comes is waited for this long.
constexpr Nanos kNever = std::chrono::milliseconds{150};

/// A WAN link under the wire engine, with both its ends.
struct Line {
  Rig rig;
  Relay relay;
  ImpairedLink link;

  explicit Line(const Impairment& up = {}, const Impairment& down = {},
                const Rig::Options& options = {});
  /// Waits until both families pass both ways: IPv6 takes a moment on a fresh link.
  void wait_until_open() const;
};

/// 0, 1, … count - 1.
std::vector<std::uint32_t> numbers(std::uint32_t count);
/// Sends these numbers.
void send_many(const Talker& from, std::uint32_t count, Nanos interval = Nanos{0});
/// From just before the sending of a datagram to its reading; the shortest of many,
/// or the first below `enough`.
Nanos fastest_one_way(const Talker& from, const Talker& to, Nanos enough);

}  // namespace wandrill::testing
