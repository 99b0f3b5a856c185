// SPDX-License-Identifier: Apache-2.0
#include "link/wire/corruption.hpp"

#include "link/wire/offload_header.hpp"

namespace wandrill {

void Corruption::change(const CorrelatedProbability& chance, std::uint64_t seed) {
  lot_.change(chance, seed);
  where_ = Random{derive_seed(seed, {"bit"})};
}

bool Corruption::flip(Frame& frame) {
  complete_checksum(frame);
  const auto bit = static_cast<std::size_t>(where_.uniform() * 8.0 * frame.size);
  frame.bytes[FramePool::kPrefixBytes + bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
  return true;
}

}  // namespace wandrill
