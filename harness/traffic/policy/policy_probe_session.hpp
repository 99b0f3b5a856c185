// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "traffic/context.hpp"
#include "traffic/policy/policy_probe_path.hpp"
#include "traffic/session.hpp"

namespace wandrill {

/// Packets from the client to the server that try what policy lets pass, sent throughout. Nobody
/// answers for the session, so that a stateful filter has no connection to let the next one pass
/// by; at most the server's kernel refuses. Each that arrives is taken down; one that policy must
/// stop is told as a PolicyEvent: at most one a second, with their number.
class PolicyProbeSession final : public Session, private Watcher, private Timed {
 public:
  /// Throws std::system_error (address, port, not permitted).
  PolicyProbeSession(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find);
  ~PolicyProbeSession() override;

  void start(Clock::time_point at) override;
  void stop() override;

 private:
  void due(Clock::time_point scheduled) override;
  void ready(std::uint32_t events) override;
  void take(const PolicyProbePath::Arrival& arrival, Clock::time_point read);
  void tell(const std::string& packet, Clock::time_point at);

  const TrafficContext& context_;
  const SessionPlan& plan_;
  std::unique_ptr<PolicyProbePath> path_;
  Poller::Watch watch_;
  std::uint64_t next_sequence_ = 0;
  std::uint64_t untold_ = 0;
  Clock::time_point told_at_;
  bool running_ = false;
};

}  // namespace wandrill
