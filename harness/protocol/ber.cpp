// SPDX-License-Identifier: Apache-2.0
#include "protocol/ber.hpp"

namespace wandrill {
namespace {

constexpr std::uint8_t kMore = 0x80;

/// The length behind a tag, taken off.
std::optional<std::size_t> take_length(std::span<const std::uint8_t>& rest) {
  if (rest.empty()) return std::nullopt;
  const std::uint8_t first = rest.front();
  rest = rest.subspan(1);
  if ((first & kMore) == 0) return first;
  const std::size_t octets = first & ~kMore;
  if (octets == 0 || octets > 4 || rest.size() < octets) return std::nullopt;
  std::size_t length = 0;
  for (const auto octet : rest.first(octets))
    length = length << 8 | octet;
  rest = rest.subspan(octets);
  return length;
}

}  // namespace

std::optional<BerValue> take_ber(std::span<const std::uint8_t>& rest) {
  if (rest.empty()) return std::nullopt;
  auto after = rest.subspan(1);
  const auto length = take_length(after);
  if (!length || *length > after.size()) return std::nullopt;
  const BerValue value{rest.front(), after.first(*length)};
  rest = after.subspan(*length);
  return value;
}

std::optional<std::span<const std::uint8_t>> take_ber(std::span<const std::uint8_t>& rest,
                                                      std::uint8_t tag) {
  auto after = rest;
  const auto value = take_ber(after);
  if (!value || value->tag != tag) return std::nullopt;
  rest = after;
  return value->content;
}

std::optional<std::int64_t> ber_integer(std::span<const std::uint8_t> content) {
  if (content.empty() || content.size() > sizeof(std::int64_t)) return std::nullopt;
  std::uint64_t number = (content.front() & kMore) != 0 ? ~std::uint64_t{0} : 0;
  for (const auto octet : content)
    number = number << 8 | octet;
  return static_cast<std::int64_t>(number);
}

std::optional<std::string> ber_oid(std::span<const std::uint8_t> content) {
  std::string text;
  std::uint64_t number = 0;
  bool is_open = false;
  for (const auto octet : content) {
    number = number << 7 | (octet & ~kMore & 0xff);
    if (number > UINT32_MAX) return std::nullopt;
    is_open = (octet & kMore) != 0;
    if (is_open) continue;
    if (text.empty()) {
      // X.690 8.19.4: the first two numbers share an octet.
      const std::uint64_t first = number < 40 ? 0 : number < 80 ? 1 : 2;
      text = std::to_string(first) + "." + std::to_string(number - first * 40);
    } else {
      text += "." + std::to_string(number);
    }
    number = 0;
  }
  if (is_open || text.empty()) return std::nullopt;
  return text;
}

}  // namespace wandrill
