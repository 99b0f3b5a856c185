// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "plan/metric.hpp"
#include "scenario/defaults.hpp"

namespace wandrill {

enum class TrafficKind : std::uint8_t {
  kRtp,
  kProbe,
  kTcp,
  kSip,
  kDns,
  kHttp,
  kBulk,
  kWireguard,
  kOpenvpn,
  kForbidden,
  kMatrix,
  kExec,
  kPing
};

/// What the two flows of a session are.
enum class FlowShape : std::uint8_t {
  kSchedule,      ///< Packets each way on a schedule, each of which should arrive.
  kRequests,      ///< Requests up on a schedule, and the answers to them down.
  kVolume,        ///< As many bytes as the path carries.
  kTunnel,        ///< The outer packets of a tunnel, seen by the taps only.
  kPolicyProbes,  ///< Packets up on a schedule that nobody answers: policy decides what arrives.
  kProgram        ///< The RTP streams of programs that are not ours, seen by taps at both ends.
};

struct EndpointPlan;
struct SessionContext;
struct SessionPlan;
struct SessionSpec;
class Mistakes;

/// What a session has if the user says nothing.
struct SessionDefaults {
  Nanos interval;
  Bytes payload;
  std::uint64_t dscp = defaults::kOtherDscp;
};

/// From where to where values of a session may go.
struct SessionLimits {
  Nanos shortest_interval = defaults::kShortestInterval;
  Bytes smallest_payload = defaults::kSmallestPayload;
  Bytes largest_payload = defaults::kLargestPayload;
  Nanos longest_late_after = Nanos::max();
};

/// Which flows of a session carry its `payload_bytes` in each packet, as far as anybody knows.
enum class CarriesPayload : std::uint8_t { kNone, kDown, kBoth };

/// What sessions of one kind are: the kind's one row in the plan.
struct SessionKind {
  TrafficKind kind;
  std::string_view word;  ///< As YAML and JSON have it.
  FlowShape shape;
  bool has_voice = false;    ///< Its flows are media of a call.
  bool pauses = false;       ///< Its flows send only now and then: during calls.
  bool real_server = false;  ///< Its server is a program that is not ours.
  CarriesPayload carries = CarriesPayload::kNone;
  SessionDefaults usual{};
  SessionLimits limits{};
  /// What may become of such a session, the worst last; empty: it has no fate.
  std::span<const std::string_view> fates{};
  std::span<const MetricList> metrics{};  ///< Of its flows and of the session.
  /// Fills in what only this kind has; null: nothing.
  void (*resolve)(const SessionSpec&, const SessionContext&, SessionPlan&, Mistakes&) = nullptr;
  /// Who sends, and to whom, where that is not a host and a server; null: they are.
  EndpointPlan (*near_end)(const SessionSpec&, const SessionContext&, Mistakes&) = nullptr;
  EndpointPlan (*far_end)(const SessionSpec&, const SessionContext&, Mistakes&) = nullptr;
  /// Gives a session what depends on its number, from 0, such as ports of its own; null: nothing.
  void (*number)(SessionPlan&, std::size_t number) = nullptr;
  /// What is irregular in a session has a seed of its own, of the run's; null: nothing is.
  void (*seed)(SessionPlan&, std::uint64_t run) = nullptr;
  /// A second line about a session in `wandrill plan`; null: none.
  std::string (*text)(const SessionPlan&) = nullptr;

  [[nodiscard]] bool has(const MetricInfo& metric) const;
};

/// Every kind, in the order of the documentation.
std::span<const SessionKind* const> session_kinds();
const SessionKind& traits_of(TrafficKind kind);
std::string_view word_of(TrafficKind kind);
/// Nothing: there is no such kind.
std::optional<TrafficKind> parse_kind(std::string_view word);

/// What becomes of sessions that ask again and again: over a connection, or each time anew.
inline constexpr std::array<std::string_view, 5> kConnectionFates{"survived", "stalled", "reset",
                                                                  "hung", "never_recovered"};
inline constexpr std::array<std::string_view, 4> kSeriesFates{"survived", "stalled", "hung",
                                                              "never_recovered"};

}  // namespace wandrill
