// SPDX-License-Identifier: Apache-2.0
#include "traffic/kinds.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "traffic/bulk/bulk_session.hpp"
#include "traffic/dns/dns_session.hpp"
#include "traffic/exec/program_streams.hpp"
#include "traffic/http/http_client.hpp"
#include "traffic/http/http_server.hpp"
#include "traffic/paired_session.hpp"
#include "traffic/ping/ping_session.hpp"
#include "traffic/policy/policy_probe_session.hpp"
#include "traffic/sip/signalling_listener.hpp"
#include "traffic/sip/sip_session.hpp"
#include "traffic/tcp/tcp_client.hpp"
#include "traffic/tcp/tcp_server.hpp"
#include "traffic/tunnel/tunnel_listener.hpp"
#include "traffic/udp/udp_session.hpp"

namespace wandrill {
namespace {

template <typename Opened>
LiveSession open_session(const TrafficContext& context, const SessionPlan& plan,
                         const FindNetNs& find) {
  return {.session = std::make_unique<Opened>(context, plan, find)};
}

LiveSession open_phone(const TrafficContext& context, const SessionPlan& plan,
                       const FindNetNs& find) {
  return {.session = std::make_unique<SipSession>(context, plan, find),
          .wan_listener = std::make_unique<SignallingListener>(context, plan)};
}

LiveSession open_tunnel(const TrafficContext& context, const SessionPlan& plan, const FindNetNs&) {
  return {.wan_listener = std::make_unique<TunnelListener>(context, plan)};
}

LiveSession open_programs(const TrafficContext& context, const SessionPlan& plan,
                          const FindNetNs&) {
  auto streams = std::make_unique<ProgramStreams>(context, plan);
  auto listener = std::make_unique<ProgramListener>(context, plan, *streams);
  return {.host_listener = std::move(streams), .wan_listener = std::move(listener)};
}

/// A real server's, of whom others ask as well.
std::vector<FarEnd> shared_far_end(const SessionPlan&) {
  return {};
}

/// A port that was asked for may be anybody's.
std::vector<FarEnd> far_ends_of_policy_probe(const SessionPlan& plan) {
  const auto* probe = plan.of<PolicyProbePlan>();
  return probe != nullptr && probe->port ? std::vector<FarEnd>{} : own_far_end(plan);
}

std::vector<FarEnd> far_ends_of_phone(const SessionPlan& plan) {
  auto ends = own_far_end(plan);
  ends.push_back({plan.server.address, plan.of<SipPlan>()->pbx_port});
  return ends;
}

constexpr std::array kLiveKinds{
    LiveKind{.kind = TrafficKind::kRtp, .open = open_session<UdpSession>},
    LiveKind{.kind = TrafficKind::kProbe, .open = open_session<UdpSession>},
    LiveKind{.kind = TrafficKind::kTcp, .open = open_session<PairedSession<TcpClient, TcpServer>>},
    LiveKind{.kind = TrafficKind::kSip, .open = open_phone, .far_ends = far_ends_of_phone},
    LiveKind{.kind = TrafficKind::kDns,
             .open = open_session<DnsSession>,
             .far_ends = shared_far_end,
             .router_may_forward = true},
    LiveKind{.kind = TrafficKind::kHttp,
             .open = open_session<PairedSession<HttpClient, HttpServer>>},
    LiveKind{.kind = TrafficKind::kBulk,
             .open = open_session<BulkSession>,
             .begins = Begins::kWithTimeline},
    LiveKind{.kind = TrafficKind::kWireguard, .open = open_tunnel},
    LiveKind{.kind = TrafficKind::kOpenvpn, .open = open_tunnel},
    LiveKind{.kind = TrafficKind::kPing, .open = open_session<PingSession>},
    LiveKind{.kind = TrafficKind::kForbidden,
             .open = open_session<PolicyProbeSession>,
             .far_ends = far_ends_of_policy_probe},
    LiveKind{.kind = TrafficKind::kMatrix,
             .open = open_session<PolicyProbeSession>,
             .far_ends = far_ends_of_policy_probe},
    LiveKind{.kind = TrafficKind::kExec, .open = open_programs, .far_ends = shared_far_end},
};

}  // namespace

std::vector<FarEnd> own_far_end(const SessionPlan& plan) {
  if (!plan.through.empty()) return {};
  return {{plan.server.address, plan.server.port}};
}

const LiveKind& live_kind(TrafficKind kind) {
  const auto* const found = std::ranges::find(kLiveKinds, kind, &LiveKind::kind);
  if (found == kLiveKinds.end()) throw std::logic_error{"a kind of traffic without sessions"};
  return *found;
}

}  // namespace wandrill
