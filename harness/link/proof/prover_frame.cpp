// SPDX-License-Identifier: Apache-2.0
#include "link/proof/prover_frame.hpp"

#include <algorithm>
#include <cstring>

#include <linux/if_ether.h>

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
static_assert(sizeof(Body) == kProverBody);
constexpr std::size_t kBodyOffset = kTypeOffset + kTypeAndMagic.size();

Body body_of(const ProverFrame& frame) {
  return {.prover = frame.prover,
          .direction = frame.direction == Direction::kUp ? 0U : 1U,
          .sequence = frame.sequence,
          .sent = std::chrono::duration_cast<Nanos>(frame.sent.time_since_epoch()).count()};
}

bool has_magic(std::span<const std::uint8_t> frame) noexcept {
  return frame.size() >= kBodyOffset &&
         std::memcmp(frame.data() + kTypeOffset, kTypeAndMagic.data(), kTypeAndMagic.size()) == 0;
}

/// 0 when the frame is not one of ours.
std::size_t body_offset(std::span<const std::uint8_t> frame) noexcept {
  return has_magic(frame) ? kBodyOffset : probe_body(frame);
}

}  // namespace

std::vector<std::uint8_t> encode(const ProverFrame& frame,
                                 const std::array<std::uint8_t, 6>& destination,
                                 const std::array<std::uint8_t, 6>& source, std::size_t size) {
  std::vector<std::uint8_t> bytes(std::max(size, kSmallProverFrame));
  const Body body = body_of(frame);
  std::memcpy(bytes.data(), destination.data(), destination.size());
  std::memcpy(bytes.data() + destination.size(), source.data(), source.size());
  std::memcpy(bytes.data() + kTypeOffset, kTypeAndMagic.data(), kTypeAndMagic.size());
  std::memcpy(bytes.data() + kBodyOffset, &body, sizeof body);
  return bytes;
}

std::vector<std::uint8_t> encode(const ProverFrame& frame, const ProbeHead& head,
                                 const std::array<std::uint8_t, 6>& source, std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  const Body body = body_of(frame);
  write_head(head, source, bytes);
  std::memcpy(bytes.data() + head.header_size(), &body, sizeof body);
  return bytes;
}

std::size_t frame_size(const ProbeHead& head, std::size_t size) {
  if (!head.ip) return std::max(size, kSmallProverFrame);
  const std::size_t least = std::max(head.header_size() + kProverBody, head.least + ETH_HLEN);
  const std::size_t most = head.most + ETH_HLEN;
  return least > most ? 0 : std::clamp(size, least, most);
}

std::size_t prover_padding(std::span<const std::uint8_t> frame) noexcept {
  return std::min(frame.size(),
                  has_magic(frame) ? kSmallProverFrame : probe_body(frame) + kProverBody);
}

bool is_prover_frame(std::span<const std::uint8_t> frame) noexcept {
  return has_magic(frame) || is_probe(frame);
}

std::optional<ProverFrame> decode_prover_frame(std::span<const std::uint8_t> frame) {
  const auto offset = body_offset(frame);
  if (offset == 0 || frame.size() < offset + sizeof(Body)) return std::nullopt;
  Body body{};
  std::memcpy(&body, frame.data() + offset, sizeof body);
  return ProverFrame{.prover = body.prover,
                     .direction = body.direction == 0 ? Direction::kUp : Direction::kDown,
                     .sequence = body.sequence,
                     .sent = Clock::time_point{Nanos{body.sent}}};
}

}  // namespace wandrill
