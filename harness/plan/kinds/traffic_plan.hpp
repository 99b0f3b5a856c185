// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ip_address.hpp"
#include "plan/impairment.hpp"
#include "plan/kinds/bulk.hpp"
#include "plan/kinds/call.hpp"
#include "plan/kinds/dns.hpp"
#include "plan/kinds/exec.hpp"
#include "plan/kinds/http.hpp"
#include "plan/kinds/policy_probe.hpp"
#include "plan/kinds/session_kinds.hpp"
#include "plan/kinds/sip.hpp"
#include "plan/kinds/tcp.hpp"
#include "plan/kinds/tunnel.hpp"

namespace wandrill {

std::string_view to_string(TrafficKind kind);

/// An address and port within a node.
struct EndpointPlan {
  std::string node;
  IpAddress address;
  std::uint16_t port = 0;
};

/// The number of a flow in packets and records: dense from 0, a session's two together. So an
/// answer that holds the number of its question's flow, as in DNS and HTTP, is known by that alone.
using FlowId = std::uint16_t;

constexpr bool is_up_flow(FlowId flow) {
  return flow % 2 == 0;
}
/// The flow up of session number `session`; the one down follows it.
constexpr FlowId up_flow_of(std::size_t session) {
  assert(session <= std::numeric_limits<FlowId>::max() / 2);
  return static_cast<FlowId>(2 * session);
}
constexpr FlowId down_flow_of(FlowId up) {
  assert(is_up_flow(up));
  return static_cast<FlowId>(up + 1);
}
constexpr std::size_t session_number_of(FlowId flow) {
  return flow / 2U;
}

/// One session between a client at home and a server out there. Both directions are flows of their
/// own: for rtp and probe a schedule each way; for tcp the requests (up) and the responses (down).
struct SessionPlan {
  std::string name;   ///< Unique: "call", or "call.3" when several are asked for.
  std::string group;  ///< As the user named it: "call".
  TrafficKind kind = TrafficKind::kProbe;
  EndpointPlan client;
  EndpointPlan server;
  FlowId up = 0;
  FlowId down = 0;
  Nanos interval{0};  ///< Between packets of a flow; for tcp between requests.
  Nanos phase{0};     ///< First packet after the start of traffic; less than interval.
  std::uint32_t payload_bytes = 0;  ///< UDP payload, RTP header included; for tcp the request's
                                    ///< size, for http that of the answer's body.
  Nanos late_after{0};              ///< Forwarding Delay Threshold: later than this is lost.
  std::uint8_t dscp = 0;
  /// Some WAN is not for its client: where it goes, or whether at all, tells nothing of others.
  bool confined = false;
  /// The tunnel session that it runs inside; its endpoints are then the tunnel's. Empty: none.
  std::string through;
  std::optional<CallPlan> call;  ///< Of a kind that has voice.
  /// What only its kind has; monostate: nothing.
  std::variant<std::monostate, DnsQueryPlan, TunnelPlan, BulkPlan, HttpPlan, TcpPlan, SipPlan,
               ExecPlan, PolicyProbePlan>
      own;

  /// What only its kind has; null: it is of another kind.
  template <typename Own>
  [[nodiscard]] const Own* of() const {
    return std::get_if<Own>(&own);
  }
  template <typename Own>
  [[nodiscard]] Own* of() {
    return std::get_if<Own>(&own);
  }
  [[nodiscard]] const SessionKind& traits() const { return traits_of(kind); }
  /// Packets on a schedule over the router's own path: their arrivals tell of the path.
  [[nodiscard]] bool tells_of_the_path() const {
    return traits().shape == FlowShape::kSchedule && !traits().pauses && through.empty() &&
           !confined;
  }
  /// Where it goes is where the router sends the rest: nothing that must not leave, or may not
  /// leave by every WAN, or is hidden in a tunnel.
  [[nodiscard]] bool tells_of_the_router() const {
    return traits().shape != FlowShape::kPolicyProbes && through.empty() && !confined;
  }
  /// Whether the run waits until it goes without loss: steady state, convergence.
  [[nodiscard]] bool must_flow() const {
    const auto shape = traits().shape;
    return shape == FlowShape::kSchedule || shape == FlowShape::kRequests ||
           shape == FlowShape::kProgram;
  }
  /// Whether packets of the flow are counted where they arrive. A real server's are not: only the
  /// answers tell of the requests.
  [[nodiscard]] bool is_counted(Direction direction) const {
    return must_flow() && (direction == Direction::kDown || !traits().real_server);
  }
};

struct FlowPlan {
  FlowId id = 0;
  std::string name;         ///< "call.up"
  std::size_t session = 0;  ///< Index into TrafficPlan::sessions.
  Direction direction = Direction::kUp;
};

struct TrafficPlan {
  std::vector<SessionPlan> sessions;
  std::vector<FlowPlan> flows;  ///< Index is the FlowId.

  [[nodiscard]] const SessionPlan& session_of(FlowId flow) const {
    return sessions[flows[flow].session];
  }
  /// Null: there is none.
  [[nodiscard]] const SessionPlan* session_named(std::string_view name) const {
    const auto found = std::ranges::find(sessions, name, &SessionPlan::name);
    return found == sessions.end() ? nullptr : &*found;
  }
};

}  // namespace wandrill
