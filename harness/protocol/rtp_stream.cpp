// SPDX-License-Identifier: Apache-2.0
#include "protocol/rtp_stream.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::uint8_t kVersion = 2;
/// 192 to 223 stand for RTCP where both share a port: marker bit and payload types 64 to 95.
constexpr std::uint8_t kFirstRtcp = 192;
constexpr std::uint8_t kLastRtcp = 223;

/// How far `sequence` is ahead of `last`, by the shorter way round.
std::int16_t ahead(std::uint16_t sequence, std::uint16_t last) {
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(sequence - last));
}

}  // namespace

std::optional<RtpHead> read_rtp(std::span<const std::uint8_t> payload) {
  if (payload.size() < kHeaderBytes || payload[0] >> 6 != kVersion) return std::nullopt;
  if (payload[1] >= kFirstRtcp && payload[1] <= kLastRtcp) return std::nullopt;
  return RtpHead{.source = std::uint32_t{payload[8]} << 24U | std::uint32_t{payload[9]} << 16U |
                           std::uint32_t{payload[10]} << 8U | std::uint32_t{payload[11]},
                 .sequence = static_cast<std::uint16_t>(payload[2] << 8 | payload[3])};
}

std::optional<std::uint64_t> RtpNumbers::sent(const RtpHead& head) {
  const auto [found, is_new] = sources_.try_emplace(head.source);
  auto& source = found->second;
  if (is_new) {
    source = {.last = head.sequence, .number = next_, .first = next_};
    return next_++;
  }
  // What a sender left out it never sent: numbers have no holes.
  if (ahead(head.sequence, source.last) <= 0 || source.number + 1 != next_) return std::nullopt;
  source.last = head.sequence;
  source.number = next_;
  return next_++;
}

std::optional<std::uint64_t> RtpNumbers::number_of(const RtpHead& head) const {
  const auto found = sources_.find(head.source);
  if (found == sources_.end()) return std::nullopt;
  const auto& source = found->second;
  const auto behind = -ahead(head.sequence, source.last);
  if (behind < 0 || source.number - source.first < static_cast<std::uint64_t>(behind))
    return std::nullopt;
  return source.number - static_cast<std::uint64_t>(behind);
}

}  // namespace wandrill
