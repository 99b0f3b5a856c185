// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/tcp.hpp"

#include <array>

#include "base/random.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/request_metrics.hpp"
#include "plan/resolve_parts.hpp"
#include "scenario/defaults.hpp"
#include "scenario/kinds/tcp_keys.hpp"

namespace wandrill {
namespace {

/// TCP_KEEPIDLE, TCP_KEEPINTVL (tcp(7)).
Nanos keepalive_time(const SessionSpec& spec, const SessionKey<Nanos>& key, Nanos fallback,
                     Mistakes& mistakes) {
  const auto written = whole_seconds(spec, key, defaults::kLongestTcpKeepalive, mistakes);
  return written ? written->value : fallback;
}

void resolve_keepalive(const SessionSpec& spec, SessionPlan& session, Mistakes& mistakes) {
  using namespace session_keys::tcp;
  auto& tcp = *session.of<TcpPlan>();
  const auto written_after = spec.get(kKeepaliveAfter);
  const auto written_count = spec.get(kKeepaliveCount);
  tcp.keepalive_after =
      keepalive_time(spec, kKeepaliveAfter, defaults::kTcpKeepaliveAfter, mistakes);
  tcp.keepalive_every =
      keepalive_time(spec, kKeepaliveEvery, defaults::kTcpKeepaliveEvery, mistakes);
  const auto count = written_count ? written_count->value : defaults::kTcpKeepaliveCount;
  if (count < 1 || count > defaults::kMostTcpKeepalives)
    mistakes.add(written_count->place, "'keepalive_count' must be from 1 to {}",
                 defaults::kMostTcpKeepalives);
  tcp.keepalive_count = static_cast<std::uint32_t>(count);
  if (tcp.is_idle && tcp.keepalive_after >= session.interval)
    mistakes.add(written_after ? written_after->place : spec.interval->place,
                 "an idle session that is used every {} sends no keepalive after {}: 'interval' "
                 "must be longer than 'keepalive_after'",
                 to_string(session.interval), to_string(tcp.keepalive_after));
}

void refuse_keepalive(const SessionSpec& spec, Mistakes& mistakes) {
  using namespace session_keys::tcp;
  const auto refuse = [&](const auto& key) {
    if (const auto given = spec.get(key))
      mistakes.add(given->place, "'{}' needs 'profile: rdp' or 'profile: idle'", key.key);
  };
  refuse(kKeepaliveAfter);
  refuse(kKeepaliveEvery);
  refuse(kKeepaliveCount);
}

void resolve_tcp(const SessionSpec& spec, const SessionContext& /*context*/, SessionPlan& session,
                 Mistakes& mistakes) {
  const auto written = spec.get(session_keys::tcp::kProfile);
  const auto profile = written ? written->value : "steady";
  if (profile != "rdp" && profile != "idle") return refuse_keepalive(spec, mistakes);
  TcpPlan tcp{.is_idle = profile == "idle"};
  if (!tcp.is_idle) {
    tcp.irregularity = defaults::kRdpIrregularity;
    tcp.longest_reply = defaults::kRdpLongestReply;
  }
  if (!spec.interval)
    session.interval = tcp.is_idle ? defaults::kIdleInterval : defaults::kRdpInterval;
  session.own = tcp;
  resolve_keepalive(spec, session, mistakes);
}

void seed_tcp(SessionPlan& session, std::uint64_t run) {
  if (auto* tcp = session.of<TcpPlan>()) tcp->seed = derive_seed(run, {"tcp", session.name});
}

constexpr std::array<MetricList, 4> kTcpMetrics{metrics::flow::kAll, metrics::requests::kAll,
                                                metrics::connection::kAll, metrics::tcp_info::kAll};

}  // namespace

extern constexpr SessionKind kTcpKind{.kind = TrafficKind::kTcp,
                                      .word = "tcp",
                                      .shape = FlowShape::kRequests,
                                      .carries = CarriesPayload::kBoth,
                                      .usual = {defaults::kTcpInterval, defaults::kTcpPayload},
                                      .fates = kConnectionFates,
                                      .metrics = kTcpMetrics,
                                      .resolve = resolve_tcp,
                                      .seed = seed_tcp};

}  // namespace wandrill
