// SPDX-License-Identifier: Apache-2.0
// Ethernet frames as the taps see them: IPv4, IPv6, RTP, probes, DNS, TCP.
#include "traffic/tap/recognise.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto seen = wandrill::recognise({data, size});
  if (seen && seen->source.size() == 0) __builtin_trap();
  return 0;
}
