// SPDX-License-Identifier: Apache-2.0
#include "plan/kinds/resolve_tcp.hpp"

#include "scenario/defaults.hpp"

namespace wandrill {
namespace {

/// TCP_KEEPIDLE, TCP_KEEPINTVL: whole seconds (tcp(7)).
Nanos keepalive_time(const std::optional<Placed<Nanos>>& given, std::string_view key,
                     Nanos fallback, Mistakes& mistakes) {
  constexpr Nanos kSecond = std::chrono::seconds{1};
  if (!given) return fallback;
  const auto& [time, place] = *given;
  if (time < kSecond || time > defaults::kLongestTcpKeepalive || time % kSecond != Nanos{0})
    mistakes.add(place, "'{}' must be whole seconds, from 1s to {}", key,
                 to_string(defaults::kLongestTcpKeepalive));
  return time;
}

void resolve_keepalive(const SessionSpec& spec, SessionPlan& session, Mistakes& mistakes) {
  auto& tcp = *session.tcp;
  tcp.keepalive_after = keepalive_time(spec.keepalive_after, "keepalive_after",
                                       defaults::kTcpKeepaliveAfter, mistakes);
  tcp.keepalive_every = keepalive_time(spec.keepalive_every, "keepalive_every",
                                       defaults::kTcpKeepaliveEvery, mistakes);
  const auto count =
      spec.keepalive_count ? spec.keepalive_count->value : defaults::kTcpKeepaliveCount;
  if (count < 1 || count > defaults::kMostTcpKeepalives)
    mistakes.add(spec.keepalive_count->place, "'keepalive_count' must be from 1 to {}",
                 defaults::kMostTcpKeepalives);
  tcp.keepalive_count = static_cast<std::uint32_t>(count);
  if (tcp.is_idle && tcp.keepalive_after >= session.interval)
    mistakes.add(spec.keepalive_after ? spec.keepalive_after->place : spec.interval->place,
                 "an idle session that is used every {} sends no keepalive after {}: 'interval' "
                 "must be longer than 'keepalive_after'",
                 to_string(session.interval), to_string(tcp.keepalive_after));
}

void refuse_keepalive(const SessionSpec& spec, Mistakes& mistakes) {
  const auto refuse = [&](std::string_view key, const auto& given) {
    if (given) mistakes.add(given->place, "'{}' needs 'profile: rdp' or 'profile: idle'", key);
  };
  refuse("keepalive_after", spec.keepalive_after);
  refuse("keepalive_every", spec.keepalive_every);
  refuse("keepalive_count", spec.keepalive_count);
}

}  // namespace

void resolve_tcp(const SessionSpec& spec, SessionPlan& session, Mistakes& mistakes) {
  const auto profile = spec.profile ? spec.profile->value : "steady";
  if (profile != "rdp" && profile != "idle") return refuse_keepalive(spec, mistakes);
  session.tcp = TcpPlan{};
  session.tcp->is_idle = profile == "idle";
  if (!session.tcp->is_idle) {
    session.tcp->irregularity = defaults::kRdpIrregularity;
    session.tcp->longest_reply = defaults::kRdpLongestReply;
  }
  if (!spec.interval)
    session.interval = session.tcp->is_idle ? defaults::kIdleInterval : defaults::kRdpInterval;
  resolve_keepalive(spec, session, mistakes);
}

}  // namespace wandrill
