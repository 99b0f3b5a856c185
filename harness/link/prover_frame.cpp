// SPDX-License-Identifier: Apache-2.0
#include "link/prover_frame.hpp"

#include <algorithm>
#include <cstring>

namespace wandrill {
namespace {

constexpr std::array<std::uint8_t, 10> kTypeAndMagic{0x88, 0xB5, 'w', 'a', 'n',
                                                     'd',  'r',  'i', 'l', 'l'};
constexpr std::size_t kTypeOffset = 12;

/// Behind type and magic. Sender and receiver are one process: the host's byte order will do.
struct Body {
  std::uint32_t prover;
  std::uint32_t direction;
  std::uint64_t sequence;
  std::int64_t sent;
};
constexpr std::size_t kBodyOffset = kTypeOffset + kTypeAndMagic.size();

}  // namespace

std::vector<std::uint8_t> encode(const ProverFrame& frame,
                                 const std::array<std::uint8_t, 6>& destination,
                                 const std::array<std::uint8_t, 6>& source, std::size_t size) {
  std::vector<std::uint8_t> bytes(std::max(size, kSmallProverFrame));
  const Body body{.prover = frame.prover,
                  .direction = frame.direction == Direction::kUp ? 0U : 1U,
                  .sequence = frame.sequence,
                  .sent = std::chrono::duration_cast<Nanos>(frame.sent.time_since_epoch()).count()};
  std::memcpy(bytes.data(), destination.data(), destination.size());
  std::memcpy(bytes.data() + destination.size(), source.data(), source.size());
  std::memcpy(bytes.data() + kTypeOffset, kTypeAndMagic.data(), kTypeAndMagic.size());
  std::memcpy(bytes.data() + kBodyOffset, &body, sizeof body);
  return bytes;
}

bool is_prover_frame(std::span<const std::uint8_t> frame) noexcept {
  return frame.size() >= kBodyOffset &&
         std::memcmp(frame.data() + kTypeOffset, kTypeAndMagic.data(), kTypeAndMagic.size()) == 0;
}

std::optional<ProverFrame> decode_prover_frame(std::span<const std::uint8_t> frame) {
  if (!is_prover_frame(frame) || frame.size() < kBodyOffset + sizeof(Body)) return std::nullopt;
  Body body{};
  std::memcpy(&body, frame.data() + kBodyOffset, sizeof body);
  return ProverFrame{.prover = body.prover,
                     .direction = body.direction == 0 ? Direction::kUp : Direction::kDown,
                     .sequence = body.sequence,
                     .sent = Clock::time_point{Nanos{body.sent}}};
}

}  // namespace wandrill
