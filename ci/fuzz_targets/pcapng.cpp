// SPDX-License-Identifier: Apache-2.0
#include "protocol/pcapng.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = wandrill::read_pcapng({data, size});
  if (!file) return 0;
  for (const auto& packet : file->packets) {
    if (packet.bytes.size() > size) __builtin_trap();
    // Every packet that was read can be written again.
    if (wandrill::pcapng_packet(packet).size() % 4 != 0) __builtin_trap();
  }
  return 0;
}
