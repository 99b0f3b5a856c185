// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <time.h>

#include "traffic/context.hpp"

namespace wandrill {

/// How the packets of a session travel that tries what policy lets pass: what is sent by the
/// client, each a connection of its own to the router, and what of it is seen at the server.
class PolicyProbePath {
 public:
  PolicyProbePath() = default;
  PolicyProbePath(const PolicyProbePath&) = delete;
  PolicyProbePath& operator=(const PolicyProbePath&) = delete;
  virtual ~PolicyProbePath() = default;

  /// 0, or the errno of the refusal.
  [[nodiscard]] virtual int send(std::uint64_t sequence) = 0;

  struct Arrival {
    std::uint64_t sequence = 0;
    timespec stamp{};
    std::string packet;  ///< In words.
  };
  /// Reads what is there; returns how many packets were dropped for want of room since.
  virtual std::uint32_t receive(const std::function<void(const Arrival&)>& each) = 0;
  /// Readable while something is there.
  [[nodiscard]] virtual int fd() const = 0;
};

/// UDP with a port of the session's own, UDP to a port that others may have too, or segments that
/// ask for a TCP connection, as the plan says. `context` and `plan` must outlive it. Throws
/// std::system_error (address, port, not permitted).
std::unique_ptr<PolicyProbePath> make_policy_probe_path(const TrafficContext& context,
                                                        const SessionPlan& plan,
                                                        const FindNetNs& find);

}  // namespace wandrill
