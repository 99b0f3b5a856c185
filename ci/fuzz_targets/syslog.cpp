// SPDX-License-Identifier: Apache-2.0
#include "protocol/syslog_message.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto message = wandrill::decode_syslog({data, size});
  if (message.severity < 0 || message.severity > 7 || message.text.size() > size) __builtin_trap();
  for (const char c : message.text)
    if (c < 0x20 || c > 0x7e) __builtin_trap();
  return 0;
}
