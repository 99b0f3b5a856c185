// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/ranges.h>

#include "plan/check_attached.hpp"
#include "plan/kinds/pairs.hpp"
#include "plan/resolve_parts.hpp"
#include "plan/words.hpp"
#include "scenario/defaults.hpp"
#include "scenario/kinds/rtp_keys.hpp"

namespace wandrill {
namespace {

/// An idle session is used early for the first time, as its user logs in.
constexpr Nanos kFirstUse = std::chrono::seconds{1};

class TrafficResolver {
 public:
  TrafficResolver(const SessionContext& context, Mistakes& mistakes)
      : context_{context}, topology_{context.topology}, mistakes_{mistakes} {}

  TrafficPlan resolve() {
    const auto& scenario = context_.scenario;
    if (scenario.traffic.empty() && !scenario.name.value.empty())
      mistakes_.add(scenario.place, "there is no traffic: without it nothing can be measured");
    for (const auto& spec : scenario.traffic)
      add_group(spec);
    if (mistakes_.empty()) check_reference_flow();
    stagger();
    return std::move(plan_);
  }

 private:
  void add_group(const SessionSpec& spec) {
    const auto kind = parse_kind(spec.kind.value);
    if (!kind) return;
    const auto before = mistakes_.size();
    check_name(spec);
    check_keys(spec, *kind);
    check_numbers(spec, *kind);
    if (topology_.is_attached()) check_attached_session(spec, *kind, mistakes_);
    if (traits_of(*kind).shape == FlowShape::kPolicyProbes) return add_pairs(spec, *kind);
    check_single(spec.all_from, "from", *kind);
    check_single(spec.all_to, "to", *kind);
    check_not_both(spec.family, "family", *kind);
    check_not_both(spec.transport, "transport", *kind);
    const SessionPlan session = resolve_session(spec, *kind, context_, mistakes_);
    const auto written_calls = spec.get(session_keys::rtp::kCalls);
    const auto calls = written_calls ? written_calls->value : 1;
    if (mistakes_.size() > before) return;
    if (plan_.sessions.size() + calls > defaults::kMostSessions) {
      mistakes_.add(spec.name.place, "more than {} sessions", defaults::kMostSessions);
      return;
    }
    for (std::uint64_t i = 1; i <= calls; ++i)
      add_session(session, written_calls ? fmt::format("{}.{}", session.group, i) : session.group);
  }

  void check_single(const std::vector<Placed<std::string>>& names, std::string_view key,
                    TrafficKind kind) {
    if (names.size() > 1)
      mistakes_.add(names[1].place, "'{}' of a session of kind {} is one name, not {}", key,
                    to_string(kind), names.size());
  }

  void add_pairs(const SessionSpec& spec, TrafficKind kind) {
    const auto pairs = pairs_of(spec, topology_, mistakes_);
    if (plan_.sessions.size() + pairs.size() > defaults::kMostSessions) {
      mistakes_.add(spec.name.place, "more than {} sessions", defaults::kMostSessions);
      return;
    }
    for (const auto& pair : pairs) {
      const auto before = mistakes_.size();
      const auto session = resolve_session(pair.spec, kind, context_, mistakes_);
      if (mistakes_.size() == before) add_session(session, pair.name);
    }
  }

  /// A matrix compares WANs: some other session must tell which one is in use.
  void check_reference_flow() {
    if (std::ranges::any_of(plan_.sessions, &SessionPlan::tells_of_the_router)) return;
    refuse_matrices(context_.scenario,
                    "no other session tells which one is in use: add a session of kind probe",
                    mistakes_);
  }

  /// Only pairs can be of several kinds at once.
  void check_not_both(const std::optional<Placed<std::string>>& key, std::string_view name,
                      TrafficKind kind) {
    if (key && key->value == "both")
      mistakes_.add(
          key->place,
          "'{}: both' is for sessions of kind forbidden or matrix, and this is of kind {}", name,
          to_string(kind));
  }

  void check_name(const SessionSpec& spec) {
    const auto& [name, place] = spec.name;
    static const std::vector<std::string> reserved{"all", "class", "failover", "failback",
                                                   "router"};
    if (std::ranges::find(reserved, name) != reserved.end())
      mistakes_.add(place, "'{}' cannot be a session's name: it has a meaning of its own", name);
    else if (!is_plain_name(name))
      mistakes_.add(place,
                    "'{}' cannot be a session's name: use letters, digits, '_' and '-', at "
                    "most {} of them",
                    name, defaults::kLongestName);
  }

  static bool is_plain_name(std::string_view name) {
    const auto allowed = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == '-';
    };
    return !name.empty() && name.size() <= defaults::kLongestName &&
           std::ranges::all_of(name, allowed);
  }

  /// Each key that was written must be one of the kind's.
  void check_keys(const SessionSpec& spec, TrafficKind kind) {
    for (const auto& [key, place] : spec.keys) {
      const auto others = kinds_with(key);
      if (others.empty() || std::ranges::find(others, to_string(kind)) != others.end()) continue;
      mistakes_.add(place, "'{}' belongs to 'kind: {}'", key, fmt::join(others, "' or 'kind: "));
    }
  }

  void check_numbers(const SessionSpec& spec, TrafficKind kind) {
    const auto& limits = traits_of(kind).limits;
    if (spec.interval && spec.interval->value < limits.shortest_interval)
      mistakes_.add(spec.interval->place, "'interval' must be at least {}",
                    to_string(limits.shortest_interval));
    if (spec.payload && (spec.payload->value < limits.smallest_payload ||
                         spec.payload->value > limits.largest_payload))
      mistakes_.add(spec.payload->place, "'payload' must be from {} to {} bytes",
                    limits.smallest_payload.value, limits.largest_payload.value);
    if (spec.late_after && spec.late_after->value > limits.longest_late_after)
      mistakes_.add(spec.late_after->place, "'late_after' of a session of kind {} is at most {}",
                    to_string(kind), to_string(limits.longest_late_after));
    if (spec.dscp && spec.dscp->value > 63)
      mistakes_.add(spec.dscp->place, "'dscp' must be from 0 to 63");
    if (spec.late_after && spec.late_after->value == Nanos{0})
      mistakes_.add(spec.late_after->place, "'late_after' must be more than 0");
    const auto calls = spec.get(session_keys::rtp::kCalls);
    if (calls && (calls->value < 1 || calls->value > defaults::kMostCalls))
      mistakes_.add(calls->place, "'calls' must be from 1 to {}", defaults::kMostCalls);
  }

  /// Ports count up: random ones would hit old connection tracking entries of the router.
  void add_session(SessionPlan session, std::string name) {
    const auto index = plan_.sessions.size();
    session.name = std::move(name);
    session.client.port = static_cast<std::uint16_t>(defaults::kFirstClientPort + index);
    session.server.port = static_cast<std::uint16_t>(defaults::kFirstServerPort + index);
    if (const auto number = session.traits().number) number(session, index);
    session.confined = std::ranges::any_of(topology_.wans, [&](const WanPlan& wan) {
      return !topology_.is_for(wan, session.client.node);
    });
    session.up = up_flow_of(index);
    session.down = down_flow_of(session.up);
    for (const auto direction : {Direction::kUp, Direction::kDown})
      plan_.flows.push_back({.id = static_cast<FlowId>(plan_.flows.size()),
                             .name = fmt::format("{}.{}", session.name, to_string(direction)),
                             .session = index,
                             .direction = direction});
    plan_.sessions.push_back(std::move(session));
  }

  /// Spreads the sessions over their interval, so that they do not all send at the same instant.
  void stagger() {
    const auto count = static_cast<Nanos::rep>(plan_.sessions.size());
    for (Nanos::rep i = 0; i < count; ++i) {
      auto& session = plan_.sessions[static_cast<std::size_t>(i)];
      // Divided first: an interval of years times the index must not overflow.
      const auto* tcp = session.of<TcpPlan>();
      const bool is_idle = tcp != nullptr && tcp->is_idle;
      const Nanos spread =
          is_idle ? std::min<Nanos>(session.interval, kFirstUse) : session.interval;
      session.phase = spread / count * i;
    }
  }

  const SessionContext& context_;
  const TopologyPlan& topology_;
  Mistakes& mistakes_;
  TrafficPlan plan_;
};

}  // namespace

TrafficPlan resolve_traffic(const Scenario& scenario, const TopologyPlan& topology,
                            Mistakes& mistakes) {
  const SessionContext context{scenario, topology};
  return TrafficResolver{context, mistakes}.resolve();
}

}  // namespace wandrill
