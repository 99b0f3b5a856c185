// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

namespace wandrill {

/// One lost packet within the pattern of losses of a flow (RFC 3357).
struct Loss {
  std::uint64_t sequence = 0;
  std::uint64_t distance = 0;  ///< From the loss before; 0 for the first (RFC 3357 3.1).
  std::uint64_t period = 0;    ///< Losses in a row share a period; from 1 (RFC 3357 3.2).
};

/// `lost`: sequence numbers of lost packets, in order.
std::vector<Loss> loss_pattern(const std::vector<std::uint64_t>& lost);

/// Share of the losses (0…1) that come at most `delta` packets after the one before (RFC
/// 3357 4.1).
double noticeable_loss_rate(const std::vector<Loss>& losses, std::uint64_t delta);

}  // namespace wandrill
