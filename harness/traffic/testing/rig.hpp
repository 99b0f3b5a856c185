// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "record/recorder.hpp"
#include "traffic/traffic.hpp"

namespace wandrill::testing {

/// How many descriptors this process has open.
std::size_t open_descriptors();

/// Two namespaces joined by a cable, "client" and "server", with live traffic between them: what
/// the lab tests of traffic run on.
class Rig {
 public:
  Rig();
  ~Rig();
  Rig(const Rig&) = delete;
  Rig& operator=(const Rig&) = delete;

  /// Why this machine cannot make namespaces; empty if it can.
  [[nodiscard]] const std::string& error() const;

  /// Adds a session, with ports of its own, to the plan.
  void add(TrafficKind kind, Nanos interval, Family family);
  /// Adds a phone, over IPv4, whose signalling is like that; its ports are its own.
  void add_phone(const SipPlan& sip);
  /// Adds one whose packets must not arrive, over this transport and to this port.
  void attempt(TrafficKind kind, const PolicyProbePlan& attempt, Nanos interval, Family family);
  /// Adds an http session; `patience`: its late_after.
  void add_http(Nanos interval, Family family, HttpPlan http, Nanos patience);
  /// Adds a tcp session that is used otherwise than evenly.
  void add_tcp(Nanos interval, Family family, const TcpPlan& tcp);
  /// Gives the sessions' first packets different instants within their interval.
  void spread_phases();
  /// Calls `action` this long after traffic began.
  void after(Nanos delay, std::function<void()> action);
  void forget_actions();
  /// Calls `prepare` when the traffic is made and has not begun.
  void before_start(std::function<void(Traffic&)> prepare);
  /// Sends for `duration`, receives a little longer, and gives what was recorded.
  Recording play(Nanos duration);

  // While playing.
  [[nodiscard]] Traffic& traffic();
  void destroy_traffic();
  /// Pulls the cable, or plugs it in again.
  void set_link(bool up);
  /// The server's side answers every TCP segment with a reset, or no longer does.
  void reject_tcp(bool on);
  [[nodiscard]] const RunOrigin& origin() const;
  [[nodiscard]] Clock::time_point started() const;

  [[nodiscard]] const TrafficPlan& plan() const;
  [[nodiscard]] const NetNs& client() const;
  [[nodiscard]] const NetNs& server() const;
  [[nodiscard]] IpAddress client_address(Family family) const;
  [[nodiscard]] IpAddress server_address(Family family) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wandrill::testing
