// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "traffic/context.hpp"
#include "traffic/host_listener.hpp"
#include "traffic/session.hpp"
#include "traffic/wan_listener.hpp"

namespace wandrill {

/// When the sessions of a kind begin.
enum class Begins : std::uint8_t {
  kWithTraffic,   ///< Before the timeline, which waits until they flow.
  kWithTimeline,  ///< What is steady before it is so without them.
};

/// A session as its kind opens it. Members in the order of their dependence.
struct LiveSession {
  std::unique_ptr<Session> session{};             ///< Null: none of ours speaks.
  std::unique_ptr<HostListener> host_listener{};  ///< Null: none of the session's hosts is tapped.
  /// Null: its packets carry our header, or are nothing to the taps.
  std::unique_ptr<WanListener> wan_listener{};
};

/// The far end that is nobody else's, by which a session's packets are known behind a NAT.
std::vector<FarEnd> own_far_end(const SessionPlan& plan);

/// How the sessions of a kind come to life; what they are like is in their SessionKind.
struct LiveKind {
  TrafficKind kind;
  /// Opens a session's sockets. Throws std::system_error.
  LiveSession (*open)(const TrafficContext& context, const SessionPlan& plan,
                      const FindNetNs& find);
  /// The far ends that are a session's alone.
  std::vector<FarEnd> (*far_ends)(const SessionPlan& plan) = own_far_end;
  /// The router may send what it was sent to others, as its own.
  bool router_may_forward = false;
  Begins begins = Begins::kWithTraffic;
};

const LiveKind& live_kind(TrafficKind kind);

}  // namespace wandrill
