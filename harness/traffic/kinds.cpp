// SPDX-License-Identifier: Apache-2.0
#include "traffic/kinds.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "traffic/bulk/bulk_session.hpp"
#include "traffic/dns/dns_session.hpp"
#include "traffic/http/http_client.hpp"
#include "traffic/http/http_server.hpp"
#include "traffic/paired_session.hpp"
#include "traffic/ping/ping_session.hpp"
#include "traffic/policy/attempt_session.hpp"
#include "traffic/sip/sip_session.hpp"
#include "traffic/tcp/tcp_client.hpp"
#include "traffic/tcp/tcp_server.hpp"
#include "traffic/udp/udp_session.hpp"

namespace wandrill {
namespace {

template <typename Live>
std::unique_ptr<Session> open_session(const TrafficContext& context, const SessionPlan& plan,
                                      const FindNetNs& find) {
  return std::make_unique<Live>(context, plan, find);
}

/// Programs of the lab speak, and the taps listen.
std::unique_ptr<Session> open_nothing(const TrafficContext&, const SessionPlan&, const FindNetNs&) {
  return nullptr;
}

constexpr std::array kLiveKinds{
    LiveKind{.kind = TrafficKind::kRtp, .open = open_session<UdpSession>},
    LiveKind{.kind = TrafficKind::kProbe, .open = open_session<UdpSession>},
    LiveKind{.kind = TrafficKind::kTcp, .open = open_session<PairedSession<TcpClient, TcpServer>>},
    LiveKind{.kind = TrafficKind::kSip, .open = open_session<SipSession>},
    LiveKind{.kind = TrafficKind::kDns, .open = open_session<DnsSession>},
    LiveKind{.kind = TrafficKind::kHttp,
             .open = open_session<PairedSession<HttpClient, HttpServer>>},
    LiveKind{.kind = TrafficKind::kBulk,
             .open = open_session<BulkSession>,
             .begins = Begins::kWithTimeline},
    LiveKind{.kind = TrafficKind::kWireguard, .open = open_nothing},
    LiveKind{.kind = TrafficKind::kOpenvpn, .open = open_nothing},
    LiveKind{.kind = TrafficKind::kPing, .open = open_session<PingSession>},
    LiveKind{.kind = TrafficKind::kForbidden, .open = open_session<AttemptSession>},
    LiveKind{.kind = TrafficKind::kMatrix, .open = open_session<AttemptSession>},
    LiveKind{.kind = TrafficKind::kExec, .open = open_nothing},
};

}  // namespace

const LiveKind& live_kind(TrafficKind kind) {
  const auto* const found = std::ranges::find(kLiveKinds, kind, &LiveKind::kind);
  if (found == kLiveKinds.end()) throw std::logic_error{"a kind of traffic without sessions"};
  return *found;
}

}  // namespace wandrill
