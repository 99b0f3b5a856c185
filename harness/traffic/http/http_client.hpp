// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "traffic/context.hpp"

namespace wandrill {

/// The asking end of an http session: a request each interval, each over a connection of its own,
/// or all over one that is kept. What became of each is told as an HttpEvent.
///
/// A request without its answer after `late_after` has failed, and its connection is given up. None
/// is repeated. Over a kept connection they go one after another: while one is under way, or no
/// connection can be had, the next ones wait, and their time runs. When the kept connection is
/// lost, the request on it fails and the next one opens another; that is told as SessionEvents
/// ("connecting", "connected", "refused", "reset", "closed", "timed_out").
class HttpClient final : private Timed {
 public:
  /// `context`, `session` and `where` must outlive it.
  HttpClient(const TrafficContext& context, const SessionPlan& session, const NetNs& where);
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  ~HttpClient();

  void start(Clock::time_point first);
  void stop();

 private:
  class Connection;
  struct Request {
    std::uint64_t sequence = 0;
    Clock::time_point asked;
    Nanos first_byte{0};
  };

  void due(Clock::time_point scheduled) override;
  /// Sends what waits, as far as there is a connection for it.
  void pump();
  void open(const Request& request);
  void give_up_late_ones();
  void set_alarm();
  void answered(const Request& request, const timespec& stamp, Clock::time_point read);
  void failed(const Request& request, const std::string& outcome, const std::string& detail);
  void drop(const Connection& connection);
  void tell(const std::string& state, const std::string& detail) const;
  [[nodiscard]] bool is_kept() const { return session_.of<HttpPlan>()->kept; }

  const TrafficContext& context_;
  const SessionPlan& session_;
  const NetNs& where_;
  std::string host_;
  std::uint16_t next_port_;
  std::uint64_t next_sequence_ = 0;
  bool running_ = false;
  std::deque<Request> waiting_;
  std::vector<std::unique_ptr<Connection>> connections_;
  Clock::time_point patient_until_;
  Alarm patience_;
};

}  // namespace wandrill
