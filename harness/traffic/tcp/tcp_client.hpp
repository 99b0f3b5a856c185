// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "plan/kinds/traffic_plan.hpp"
#include "traffic/context.hpp"
#include "traffic/tcp/tcp_connection.hpp"
#include "traffic/tcp/tcp_pace.hpp"
#include "traffic/tcp/tcp_sample.hpp"

namespace wandrill {

/// The asking end of a tcp session, like the client of an interactive application: a request each
/// interval or, by its profile, now and then, and a reply to each. What becomes of its connections
/// is told as SessionEvents
/// ("connecting", "connected", "refused", "reset", "timed_out", "closed"); after the end of one it
/// waits 500 ms and opens the next from the following source port.
///
/// How an outage shows. Request n and its reply are due at the same instant, and both flows have a
/// row for it with that schedule, whether or not there is a connection to write to: a request that
/// finds none (or a full send buffer) is simply never received, nor is its reply. So an outage
/// leaves the same hole in both flows and is not charged to the tester, which could have sent. The
/// delay of `up` is that of the request; the delay of `down` is the response time, as the user has
/// it.
class TcpClient final : private Watcher, private Timed {
 public:
  /// `context`, `session` and `where` must outlive it.
  TcpClient(const TrafficContext& context, const SessionPlan& session, const NetNs& where);
  TcpClient(const TcpClient&) = delete;
  TcpClient& operator=(const TcpClient&) = delete;
  ~TcpClient();

  /// Connects at once, so that the first request, due at `first`, finds a connection.
  void start(Clock::time_point first);
  void stop();

 private:
  void due(Clock::time_point scheduled) override;
  void ask(Clock::time_point scheduled);
  void keep_alive(int socket) const;
  void ready(std::uint32_t events) override;
  void connect();
  void finish_connecting();
  void lose(int reason, const std::string& state);
  void tell(const std::string& state, const std::string& detail) const;
  [[nodiscard]] bool is_irregular() const {
    return session_.of<TcpPlan>() && session_.of<TcpPlan>()->irregularity > 0.0;
  }

  const TrafficContext& context_;
  const SessionPlan& session_;
  const NetNs& where_;
  TcpPace pace_;
  std::uint16_t next_port_;
  std::optional<TcpConnection> connection_;
  Poller::Watch watch_;
  bool connected_ = false;
  bool running_ = false;
  std::uint64_t next_sequence_ = 0;
  Alarm retry_;
  Alarm give_up_;
  TcpSampler sampler_;
};

}  // namespace wandrill
