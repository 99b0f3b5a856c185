// SPDX-License-Identifier: Apache-2.0
#include "protocol/dns_tag.hpp"

#include <charconv>

#include <fmt/format.h>

namespace wandrill {
namespace {

constexpr char kMark = 'w';
constexpr std::size_t kNonceDigits = 16;
constexpr std::size_t kFlowDigits = 4;
constexpr std::size_t kSequenceDigits = 16;
constexpr std::size_t kLabelLength = 1 + kNonceDigits + kFlowDigits + kSequenceDigits;
constexpr std::size_t kDnsHeaderBytes = 12;

template <typename Number>
bool read_hex(std::string_view digits, Number& value) {
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return error == std::errc{} && end == digits.data() + digits.size();
}

}  // namespace

std::string to_label(const DnsTag& tag) {
  return fmt::format("{}{:016x}{:04x}{:016x}", kMark, tag.nonce, tag.flow, tag.sequence);
}

std::optional<DnsTag> parse_label(std::string_view label) {
  if (label.size() != kLabelLength || (label[0] | 0x20) != kMark) return std::nullopt;
  DnsTag tag;
  const bool is_tag = read_hex(label.substr(1, kNonceDigits), tag.nonce) &&
                      read_hex(label.substr(1 + kNonceDigits, kFlowDigits), tag.flow) &&
                      read_hex(label.substr(1 + kNonceDigits + kFlowDigits), tag.sequence);
  return is_tag ? std::optional{tag} : std::nullopt;
}

std::optional<TaggedDns> find_tag(std::span<const std::uint8_t> message) {
  constexpr std::uint8_t kResponseBit = 0x80;
  if (message.size() < kDnsHeaderBytes + 1 + kLabelLength) return std::nullopt;
  if (message[kDnsHeaderBytes] != kLabelLength) return std::nullopt;
  std::string label;
  for (const auto octet : message.subspan(kDnsHeaderBytes + 1, kLabelLength))
    label.push_back(static_cast<char>(octet));
  const auto tag = parse_label(label);
  if (!tag) return std::nullopt;
  return TaggedDns{*tag, (message[2] & kResponseBit) != 0};
}

}  // namespace wandrill
