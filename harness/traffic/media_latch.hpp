// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "base/ip_address.hpp"
#include "plan/sip_plan.hpp"

namespace wandrill {

/// Whose voice the far end of a call takes, and where it sends its own.
class MediaLatch {
 public:
  MediaLatch(MediaPeer rule, std::uint32_t learn_after) : rule_{rule}, learn_after_{learn_after} {}

  /// A call began, or a re-INVITE came, signalled from this address.
  void signalled(const IpAddress& from);
  /// A packet of voice came. Whether it is taken; one that is not is not heard.
  bool offer(const SocketAddress& source, std::uint64_t sequence);

  /// Where to send; nothing before the first packet that was taken.
  [[nodiscard]] const SocketAddress* peer() const noexcept { return peer_ ? &*peer_ : nullptr; }

 private:
  bool follow(const SocketAddress& source, std::uint64_t sequence);

  MediaPeer rule_;
  std::uint32_t learn_after_;
  std::optional<IpAddress> signalled_from_;
  std::optional<SocketAddress> peer_;
  std::optional<SocketAddress> candidate_;
  std::uint32_t seen_ = 0;  ///< Packets of the candidate, in a row.
  std::uint64_t newest_ = 0;
};

}  // namespace wandrill
