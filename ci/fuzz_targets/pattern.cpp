// SPDX-License-Identifier: Apache-2.0
// A pattern of a stranger's scenario or profile, and what its router writes: all of the bytes up to
// the first NUL or line end are the pattern, what follows is the text.
#include "base/pattern.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto cut = std::min(bytes.find_first_of(std::string_view{"\0\n", 2}), size);
  const std::string pattern{bytes.substr(0, cut)};
  const auto text = bytes.substr(std::min(cut + 1, size));
  const auto mistake = wandrill::pattern_mistake(pattern);
  if (mistake && mistake->empty()) __builtin_trap();
  try {
    const wandrill::Pattern compiled{pattern};
    if (mistake) __builtin_trap();
    const auto group = compiled.first_group(text);
    if (group.has_value() != compiled.search(text)) __builtin_trap();
    if (group && text.find(*group) == text.npos) __builtin_trap();
  } catch (const wandrill::PatternError&) {
    if (!mistake) __builtin_trap();
  }
  return 0;
}
