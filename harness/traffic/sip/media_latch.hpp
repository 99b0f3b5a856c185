// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "plan/kinds/sip.hpp"

namespace wandrill {

/// Whose voice the far end of a call takes, and where it sends its own.
class MediaLatch {
 public:
  /// What a MediaPeer does, in numbers.
  struct Rules {
    MediaPeer peer = MediaPeer::kLatching;
    std::uint32_t learn_after = 1;  ///< Packets in a row from the new address.
    Nanos learn_for{0};             ///< For how long after signalling; 0: always.
    bool hears_strangers = false;   ///< Takes voice from whom it does not follow.
  };

  explicit MediaLatch(const Rules& rules) : rules_{rules} {}
  explicit MediaLatch(const SipPlan& plan)
      : MediaLatch{Rules{plan.peer, plan.learn_after, plan.learn_for, plan.hears_strangers}} {}

  /// A call began, or a re-INVITE came, signalled from this address.
  void signalled(const IpAddress& from, RunInstant now);
  /// A packet of voice came. Whether it is taken; one that is not is not heard.
  bool offer(const SocketAddress& source, std::uint64_t sequence, RunInstant now);

  /// Where to send; nothing before the first packet that was taken.
  [[nodiscard]] const SocketAddress* peer() const noexcept { return peer_ ? &*peer_ : nullptr; }

 private:
  [[nodiscard]] bool may_learn(RunInstant now) const;
  bool follow(const SocketAddress& source);

  Rules rules_;
  std::optional<IpAddress> signalled_from_;
  RunInstant signalled_at_;
  std::optional<SocketAddress> peer_;
  std::optional<SocketAddress> candidate_;
  std::uint32_t seen_ = 0;  ///< Packets of the candidate, in a row.
  std::uint64_t newest_ = 0;
};

}  // namespace wandrill
