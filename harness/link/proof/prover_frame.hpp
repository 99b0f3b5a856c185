// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.hpp"
#include "link/proof/probe_head.hpp"
#include "plan/impairment.hpp"

namespace wandrill {

/// A frame that only proves what a link does: EtherType 0x88B5 (IEEE Std 802, local experimental),
/// which no IP stack answers or routes; or with an IP packet for filters to look at (ProbeHead).
struct ProverFrame {
  std::uint32_t prover = 0;  ///< Which Prover sent it.
  Direction direction = Direction::kUp;
  std::uint64_t sequence = 0;
  Clock::time_point sent;  ///< CLOCK_MONOTONIC of the sender, who is also the receiver.

  friend bool operator==(const ProverFrame&, const ProverFrame&) = default;
};

constexpr std::uint16_t kProverEtherType = 0x88B5;
/// The smallest frame on Ethernet.
constexpr std::size_t kSmallProverFrame = 60;
constexpr std::size_t kFullProverFrame = 1514;

/// What a frame needs behind a ProbeHead.
constexpr std::size_t kProverBody = 24;

/// The frame's bytes, `size` in all, padded with zeros.
std::vector<std::uint8_t> encode(const ProverFrame& frame,
                                 const std::array<std::uint8_t, 6>& destination,
                                 const std::array<std::uint8_t, 6>& source, std::size_t size);
/// The same with an IP packet. `size` must leave room for header and body.
std::vector<std::uint8_t> encode(const ProverFrame& frame, const ProbeHead& head,
                                 const std::array<std::uint8_t, 6>& source, std::size_t size);
/// How large the frame is that is sent where one of `size` bytes is wanted: the head has bounds of
/// its own. 0 where no frame fits into them.
std::size_t frame_size(const ProbeHead& head, std::size_t size);
/// Nothing when it is not one of ours.
std::optional<ProverFrame> decode_prover_frame(std::span<const std::uint8_t> frame);
/// Where its own part ends and padding begins.
std::size_t prover_padding(std::span<const std::uint8_t> frame) noexcept;
/// By EtherType and magic number, or by destination.
[[nodiscard]] bool is_prover_frame(std::span<const std::uint8_t> frame) noexcept;

}  // namespace wandrill
