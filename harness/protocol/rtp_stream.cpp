// SPDX-License-Identifier: Apache-2.0
#include "protocol/rtp_stream.hpp"

#include <algorithm>

#include "base/big_endian.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::uint8_t kVersion = 2;
/// 192 to 223 stand for RTCP where both share a port: marker bit and payload types 64 to 95.
constexpr std::uint8_t kFirstRtcp = 192;
constexpr std::uint8_t kLastRtcp = 223;

/// So many departures are remembered: 80 s of a call, a few of a film. Less than a round of
/// sequences.
constexpr std::size_t kDepartures = 4096;
/// So many sources, lest a program that makes up new ones takes all memory.
constexpr std::size_t kSources = 16;

}  // namespace

std::optional<RtpHead> read_rtp(std::span<const std::uint8_t> payload) {
  if (payload.size() < kHeaderBytes || payload[0] >> 6 != kVersion) return std::nullopt;
  if (payload[1] >= kFirstRtcp && payload[1] <= kLastRtcp) return std::nullopt;
  return RtpHead{.source = load_big_endian<std::uint32_t>(payload, 8),
                 .sequence = load_big_endian<std::uint16_t>(payload, 2)};
}

std::optional<std::uint64_t> RtpNumbers::sent(const RtpHead& head) {
  if (numbers_.contains(head)) return std::nullopt;
  if (std::ranges::find(sources_, head.source) == sources_.end()) {
    if (sources_.size() == kSources) sources_.pop_front();
    sources_.push_back(head.source);
  }
  if (sources_.back() != head.source) return std::nullopt;
  if (departures_.size() == kDepartures) {
    numbers_.erase(departures_.front());
    departures_.pop_front();
  }
  departures_.push_back(head);
  numbers_.emplace(head, next_);
  return next_++;
}

std::optional<std::uint64_t> RtpNumbers::number_of(const RtpHead& head) const {
  const auto found = numbers_.find(head);
  return found == numbers_.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace wandrill
