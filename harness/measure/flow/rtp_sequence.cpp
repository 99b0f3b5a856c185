// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/rtp_sequence.hpp"

#include <algorithm>

namespace wandrill {

std::int64_t RtpSequence::take(std::uint16_t number) {
  if (received_++ == 0) {
    first_ = highest_ = number;
    return number;
  }
  // The nearest number, before or after the highest, with these 16 bits.
  const auto highest = static_cast<std::uint16_t>(highest_ & 0xFFFF);
  const auto step = static_cast<std::int16_t>(static_cast<std::uint16_t>(number - highest));
  const std::int64_t extended = highest_ + step;
  highest_ = std::max(highest_, extended);
  return extended;
}

}  // namespace wandrill
