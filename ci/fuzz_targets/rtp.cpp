// SPDX-License-Identifier: Apache-2.0
// RTP of other people's programs: sources and sequences in any order.
#include "protocol/rtp_stream.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kHead = 12;
  wandrill::RtpNumbers numbers;
  std::uint64_t expected = 0;
  for (; size >= kHead + 1; data += kHead + 1, size -= kHead + 1) {
    const auto head = wandrill::read_rtp({data + 1, kHead});
    if (!head) continue;
    if ((data[0] & 1) == 0) {
      const auto number = numbers.number_of(*head);
      if (number && *number >= expected) __builtin_trap();
    } else if (const auto number = numbers.sent(*head); number && *number != expected++) {
      __builtin_trap();
    }
  }
  return 0;
}
