// SPDX-License-Identifier: Apache-2.0
// SIP over TCP, in pieces of any size: messages must not depend on how the stream was cut.
#include "protocol/sip_stream.hpp"

#include <vector>

namespace {

std::vector<std::string> heard(std::string_view bytes, std::size_t piece) {
  wandrill::SipStream stream{wandrill::SipStream::End::kServer};
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < bytes.size(); at += piece)
    if (!stream.feed(bytes.substr(at, piece), [&](auto what, std::string_view message) {
          parts.push_back(what == wandrill::SipStream::What::kPing ? "" : std::string{message});
        }))
      break;
  return parts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  if (size > 0 && heard(bytes, size) != heard(bytes, 7)) __builtin_trap();
  return 0;
}
