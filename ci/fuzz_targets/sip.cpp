// SPDX-License-Identifier: Apache-2.0
// SIP as a far end that has lost its mind would send it.
#include "protocol/sip_message.hpp"
#include "protocol/sip_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  wandrill::sip_start(text);
  const auto message = wandrill::parse_sip(text);
  if (!message) return 0;
  if (message->method.empty() || message->via.empty()) __builtin_trap();
  // What was read can be answered, and the answer be read.
  if (message->is_request())
    wandrill::sip_response(*message, {.to_tag = "tag", .source = wandrill::SocketAddress{}}, {});
  return 0;
}
