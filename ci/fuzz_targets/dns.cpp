// SPDX-License-Identifier: Apache-2.0
#include "protocol/dns_message.hpp"
#include "protocol/dns_tag.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span message{data, size};
  if (const auto answer = wandrill::decode_dns_answer(message))
    if (answer->addresses.size() > size) __builtin_trap();
  if (const auto found = wandrill::find_tag(message))
    if (wandrill::parse_label(wandrill::to_label(found->tag)) != found->tag) __builtin_trap();
  return 0;
}
