// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>

namespace wandrill {

/// What of an RTP header tells packets apart (RFC 3550 5.1).
struct RtpHead {
  std::uint32_t source = 0;  ///< SSRC
  std::uint16_t sequence = 0;
  auto operator<=>(const RtpHead&) const = default;
};

/// Nothing for what is no RTP: another version, RTCP (RFC 5761 4), too short.
std::optional<RtpHead> read_rtp(std::span<const std::uint8_t> payload);

/// Numbers the packets of somebody's RTP from 0 on, without holes, in the order in which they
/// leave, whatever sources and sequence numbers they have: one that echoes a stream leaves out what
/// it did not get, and sends late what it got late. A new source goes on where the last one ended.
class RtpNumbers {
 public:
  /// A packet left its sender. Nothing for one that left before (a second sighting), or whose
  /// source has been followed by another.
  std::optional<std::uint64_t> sent(const RtpHead& head);
  /// The number of a packet that was seen elsewhere; nothing for one that has not been seen to
  /// leave, or thousands of packets ago.
  [[nodiscard]] std::optional<std::uint64_t> number_of(const RtpHead& head) const;

 private:
  std::map<RtpHead, std::uint64_t> numbers_;
  std::deque<RtpHead> departures_;     ///< Those that have a number, in its order.
  std::deque<std::uint32_t> sources_;  ///< The latest last.
  std::uint64_t next_ = 0;
};

}  // namespace wandrill
