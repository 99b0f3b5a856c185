// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace wandrill {

/// Follows RTP's 16-bit sequence numbers as RFC 3550 A.1 and A.3 do, in order of arrival, without
/// the RFC's reset after a jump of 3000: our outages are longer.
class RtpSequence {
 public:
  /// Takes the number of one packet; returns it extended by the cycles so far.
  std::int64_t take(std::uint16_t number);

  /// Wraps from 65535 to 0.
  [[nodiscard]] std::int64_t cycles() const noexcept { return highest_ >> 16; }
  /// Expected − received; negative when duplicates came, as the RFC has it.
  [[nodiscard]] std::int64_t lost() const noexcept {
    return received_ == 0 ? 0 : highest_ - first_ + 1 - received_;
  }

 private:
  std::int64_t first_ = 0;
  std::int64_t highest_ = 0;
  std::int64_t received_ = 0;
};

}  // namespace wandrill
