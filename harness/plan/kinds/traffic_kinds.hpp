// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "plan/metric.hpp"

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
  kExec
};

/// What the two flows of a session are.
enum class FlowShape : std::uint8_t {
  kSchedule,  ///< Packets each way on a schedule, each of which should arrive.
  kRequests,  ///< Requests up on a schedule, and the answers to them down.
  kVolume,    ///< As many bytes as the path carries.
  kTunnel,    ///< The outer packets of a tunnel, seen by the taps only.
  kAttempts,  ///< Packets up on a schedule that nobody answers: policy decides what arrives.
  kProgram    ///< The RTP streams of programs that are not ours, seen by taps at both ends.
};

/// What the sessions of a kind are like.
struct KindTraits {
  TrafficKind kind;
  FlowShape shape;
  bool has_voice = false;    ///< Its flows are media of a call.
  bool pauses = false;       ///< Its flows send only now and then: during calls.
  bool real_server = false;  ///< Its server is a program that is not ours.
  /// What may become of such a session, the worst last; empty: it has no fate.
  std::span<const std::string_view> fates{};
  std::span<const MetricList> metrics;  ///< Of its flows and of the session.

  [[nodiscard]] bool has(const MetricInfo& metric) const;
};

std::span<const KindTraits> session_kinds();
const KindTraits& traits_of(TrafficKind kind);

}  // namespace wandrill
