// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "traffic/context.hpp"
#include "traffic/session.hpp"
#include "traffic/udp/udp_port.hpp"

namespace wandrill {

/// A series of DNS queries to a real server, each from a port of its own with an ID of its own and
/// never repeated: what a stub resolver makes of many applications. Only the flow of answers is
/// measured: a query that got no answer may have been lost either way.
class DnsSession final : public Session, private Timed {
 public:
  /// Throws std::system_error (address, port).
  DnsSession(const TrafficContext& context, const SessionPlan& plan, const FindNetNs& find);
  ~DnsSession() override;

  void start(Clock::time_point at) override;
  void stop() override;

 private:
  class Query;

  void due(Clock::time_point scheduled) override;
  void take(Query& query, const UdpPort::Datagram& datagram, Clock::time_point read);
  /// What came, and why it is no answer; nothing for a good one.
  struct Failing {
    const char* state;
    std::string detail;
  };
  [[nodiscard]] std::optional<Failing> failing(const Query& query,
                                               const UdpPort::Datagram& datagram) const;
  void tell(const std::string& state, const std::string& detail);

  const TrafficContext& context_;
  const SessionPlan& plan_;
  const NetNs& where_;
  std::deque<std::unique_ptr<Query>> waiting_;
  std::uint64_t next_sequence_ = 0;
  std::uint16_t next_port_;
  bool is_answered_ = false;  ///< The last thing that was told is an answer.
  bool running_ = false;
};

}  // namespace wandrill
