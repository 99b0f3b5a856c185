// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

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
};

const KindTraits& traits_of(TrafficKind kind);

/// A set of kinds, to say what a metric or a key is for.
class KindSet {
 public:
  constexpr KindSet() = default;  ///< All of them.
  template <typename... Kinds>
  constexpr explicit KindSet(TrafficKind first, Kinds... more)
      : bits_{static_cast<std::uint16_t>(bit(first) | (0 | ... | bit(more)))} {}
  [[nodiscard]] constexpr bool has(TrafficKind kind) const { return (bits_ & bit(kind)) != 0; }

 private:
  static constexpr std::uint16_t bit(TrafficKind kind) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(kind));
  }
  std::uint16_t bits_ = 0xffff;
};

}  // namespace wandrill
