// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>

#include "plan/kinds/traffic_plan.hpp"
#include "traffic/context.hpp"
#include "traffic/session.hpp"

namespace wandrill {

/// When the sessions of a kind begin.
enum class Begins : std::uint8_t {
  kWithTraffic,   ///< Before the timeline, which waits until they flow.
  kWithTimeline,  ///< What is steady before it is so without them.
};

/// How the sessions of a kind come to life; what they are like is in their SessionKind.
struct LiveKind {
  TrafficKind kind;
  /// Opens a session's sockets. Throws std::system_error. Nothing: none of ours speaks.
  std::unique_ptr<Session> (*open)(const TrafficContext& context, const SessionPlan& plan,
                                   const FindNetNs& find);
  Begins begins = Begins::kWithTraffic;
};

const LiveKind& live_kind(TrafficKind kind);

}  // namespace wandrill
