// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/clock.hpp"
#include "protocol/ip_packet.hpp"

namespace wandrill {

/// Takes down what leaves and reaches the two hosts of a session whose programs are not ours.
class HostListener {
 public:
  HostListener() = default;
  HostListener(const HostListener&) = delete;
  HostListener& operator=(const HostListener&) = delete;
  virtual ~HostListener() = default;

  enum class End : std::uint8_t { kClient, kServer };
  /// A packet left or reached one of the hosts.
  struct Passing {
    End end = End::kClient;
    bool outgoing = false;
    Clock::time_point stamp;
    Clock::time_point read;
  };
  virtual void take(const Passing& passing, const IpPacket& packet) = 0;
};

}  // namespace wandrill
