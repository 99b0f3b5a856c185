// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "link/testing/rig.hpp"

namespace wandrill::testing {

/// From the sending of each of `count` frames to its arrival at the other end, router to ISP.
std::vector<Nanos> one_way_times(const Rig& rig, int count, Nanos interval);

/// Bits per second of Ethernet frames that one TCP connection carries.
double tcp_rate(const Rig& rig, Nanos span);

struct UdpResult {
  std::int64_t sent = 0;
  std::int64_t arrived = 0;
};

/// Sends datagrams that make full frames of 1514 bytes, `offered` bits of frames per second.
UdpResult udp_stream(const Rig& rig, double offered, Nanos span);

/// Sends datagrams of 64 bytes each way at this rate, and returns how many were lost.
std::int64_t small_packets(const Rig& rig, int per_second, Nanos span);

}  // namespace wandrill::testing
