// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "traffic/context.hpp"

namespace wandrill {

/// Takes down what the kernel says of a TCP connection (TCP_INFO, tcp(7)), at most every 200 ms:
/// how long it waits until it sends again is what its user waits for after a switch.
class TcpSampler {
 public:
  TcpSampler(const TrafficContext& context, std::string session, std::string end)
      : context_{context}, session_{std::move(session)}, end_{std::move(end)} {}

  void look_at(int socket, Clock::time_point now);

 private:
  const TrafficContext& context_;
  std::string session_;
  std::string end_;
  Clock::time_point last_;
};

}  // namespace wandrill
