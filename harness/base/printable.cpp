// SPDX-License-Identifier: Apache-2.0
#include "base/printable.hpp"

#include <cstdint>

#include <fmt/format.h>

namespace wandrill {
namespace {

/// One character and its bytes; not valid: one byte that begins no character (RFC 3629).
struct Character {
  std::uint32_t code = 0;
  std::size_t size = 1;
  bool valid = false;
};

std::size_t size_after(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

/// Longer than it need be, a surrogate, or beyond Unicode.
bool is_wrong(std::uint32_t code, std::size_t size) {
  if (size == 3) return code < 0x800 || (code >= 0xd800 && code < 0xe000);
  return size == 4 && (code < 0x10000 || code > 0x10ffff);
}

Character first_of(std::string_view text) {
  const auto lead = static_cast<std::uint8_t>(text.front());
  const auto size = size_after(lead);
  if (size == 0 || size > text.size()) return {.code = lead};
  constexpr std::uint32_t kLeadBits[]{0, 0x7f, 0x1f, 0x0f, 0x07};
  std::uint32_t code = lead & kLeadBits[size];
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<std::uint8_t>(text[i]);
    if ((next & 0xc0U) != 0x80U) return {.code = lead};
    code = (code << 6U) | (next & 0x3fU);
  }
  if (is_wrong(code, size)) return {.code = lead};
  return {.code = code, .size = size, .valid = true};
}

bool is_control(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/// Line and paragraph separators, marks that turn the reading direction (UAX #9), no characters.
bool is_unseen(std::uint32_t code) {
  return (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
         code == 0x200e || code == 0x200f || code == 0x061c || code == 0xfeff || code == 0xfffe ||
         code == 0xffff;
}

std::string written_out(const Character& character) {
  if (character.code == '\n') return "\\n";
  if (character.code == '\r') return "\\r";
  if (character.code == '\t') return "\\t";
  return character.code > 0xff ? fmt::format("\\u{:04x}", character.code)
                               : fmt::format("\\x{:02x}", character.code);
}

std::string printed(std::string_view text, std::string_view kept) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto character = first_of(text);
    const bool stays =
        character.valid && (!(is_control(character.code) || is_unseen(character.code)) ||
                            kept.find(text.front()) != std::string_view::npos);
    if (stays)
      result += text.substr(0, character.size);
    else
      result += written_out(character);
    text.remove_prefix(character.size);
  }
  return result;
}

}  // namespace

std::string printable(std::string_view text) {
  return printed(text, "\n\t");
}

std::string printable_line(std::string_view text) {
  return printed(text, "");
}

}  // namespace wandrill
