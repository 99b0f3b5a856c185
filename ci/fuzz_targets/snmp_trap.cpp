// SPDX-License-Identifier: Apache-2.0
// What comes to a monitor's SNMP port.
#include "protocol/snmp_trap.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto trap = wandrill::decode_snmp_trap({data, size});
  if (!trap) return 0;
  const auto text = wandrill::to_string(*trap);
  if (trap->name.empty() || text.empty() || text.size() > 1024) __builtin_trap();
  for (const char c : text)
    if (c < 0x20 || c > 0x7e) __builtin_trap();
  return 0;
}
