// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>

namespace wandrill {

/// What of an RTP header tells packets apart (RFC 3550 5.1).
struct RtpHead {
  std::uint32_t source = 0;  ///< SSRC
  std::uint16_t sequence = 0;
};

/// Nothing for what is no RTP: another version, RTCP (RFC 5761 4), too short.
std::optional<RtpHead> read_rtp(std::span<const std::uint8_t> payload);

/// Numbers the packets of somebody's RTP from 0 on, without holes, whatever sources and sequence
/// numbers they begin with; a new source goes on where the last one ended.
class RtpNumbers {
 public:
  /// A packet left its sender. Nothing for one that left before (a second sighting, or one that was
  /// overtaken by more than a thousand).
  std::optional<std::uint64_t> sent(const RtpHead& head);
  /// The number of a packet that was seen elsewhere; nothing for one that has not been seen to
  /// leave.
  [[nodiscard]] std::optional<std::uint64_t> number_of(const RtpHead& head) const;

 private:
  struct Source {
    std::uint16_t last = 0;
    std::uint64_t number = 0;  ///< Of the last one.
    std::uint64_t first = 0;   ///< Of the first one.
  };
  std::map<std::uint32_t, Source> sources_;
  std::uint64_t next_ = 0;
};

}  // namespace wandrill
