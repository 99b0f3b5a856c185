// SPDX-License-Identifier: Apache-2.0
// HTTP as a portal, a proxy or an enemy in the middle would send it, in two pieces.
#include "protocol/http_message.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr wandrill::DnsTag kTag{.nonce = 1, .flow = 2, .sequence = 3};
  if (size == 0) return 0;
  const std::string_view text{reinterpret_cast<const char*>(data + 1), size - 1};
  std::string lower{text};
  for (auto& octet : lower)
    if (octet >= 'A' && octet <= 'Z') octet = static_cast<char>(octet - 'A' + 'a');
  const auto first = text.substr(0, data[0]);
  const auto second = text.substr(first.size());

  wandrill::HttpRequestReader requests;
  wandrill::HttpAnswerReader answers{1000};
  answers.expect(kTag, 4);
  for (const auto piece : {first, second}) {
    requests.feed(piece);
    while (requests.next())
      if (requests.is_broken()) __builtin_trap();
    answers.feed(piece);
    const auto answer = answers.next();
    if (!answer) continue;
    // Only what holds our tag can be right.
    if (answer->mistake.empty() && lower.find(wandrill::to_label(kTag)) == lower.npos)
      __builtin_trap();
    answers.expect(kTag, 4);
  }
  return 0;
}
