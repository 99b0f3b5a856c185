// SPDX-License-Identifier: Apache-2.0
#include "protocol/dns_message.hpp"

#include "base/byte_reader.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kRecursionDesired = 0x0100;
constexpr std::uint16_t kIsResponse = 0x8000;
constexpr std::uint16_t kClassInternet = 1;
constexpr std::uint8_t kPointer = 0xc0;

/// A name, plain or compressed (RFC 1035 4.1.4): where it points to does not matter here.
void skip_name(ByteReader& reader) {
  while (reader.is_whole()) {
    const auto length = reader.big_endian<std::uint8_t>();
    if (length == 0) return;
    if (length >= kPointer) {
      reader.take(1);
      return;
    }
    reader.take(length);
  }
}

/// The name that comes next, without pointers; empty for one with them.
std::string name_ahead(ByteReader reader) {
  std::string text;
  for (auto length = reader.big_endian<std::uint8_t>(); reader.is_whole() && length != 0;
       length = reader.big_endian<std::uint8_t>()) {
    if (length >= kPointer) return "";
    const auto label = reader.take(length);
    if (!text.empty()) text += '.';
    text.append(label.begin(), label.end());
  }
  return reader.is_whole() ? text : "";
}

void put_word(std::vector<std::uint8_t>& out, std::uint16_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8U));
  out.push_back(static_cast<std::uint8_t>(value & 0xffU));
}

void put_name(std::vector<std::uint8_t>& out, std::string_view name) {
  while (!name.empty()) {
    const auto label = name.substr(0, name.find('.'));
    out.push_back(static_cast<std::uint8_t>(label.size()));
    out.insert(out.end(), label.begin(), label.end());
    name.remove_prefix(std::min(label.size() + 1, name.size()));
  }
  out.push_back(0);
}

void read_record(ByteReader& reader, DnsAnswer& answer) {
  constexpr std::size_t kTimeToLive = 4;
  skip_name(reader);
  const auto type = reader.big_endian<std::uint16_t>();
  const auto record_class = reader.big_endian<std::uint16_t>();
  reader.take(kTimeToLive);
  const auto data = reader.take(reader.big_endian<std::uint16_t>());
  if (record_class != kClassInternet) return;
  if (type == static_cast<std::uint16_t>(DnsType::kA) && data.size() == 4)
    answer.addresses.emplace_back(Family::kIpv4, data.data());
  if (type == static_cast<std::uint16_t>(DnsType::kAaaa) && data.size() == 16)
    answer.addresses.emplace_back(Family::kIpv6, data.data());
}

}  // namespace

std::vector<std::uint8_t> encode(const DnsQuestion& question) {
  std::vector<std::uint8_t> out;
  for (const auto word : {question.id, kRecursionDesired, std::uint16_t{1}, std::uint16_t{0},
                          std::uint16_t{0}, std::uint16_t{0}})
    put_word(out, word);
  put_name(out, question.name);
  put_word(out, static_cast<std::uint16_t>(question.type));
  put_word(out, kClassInternet);
  return out;
}

std::optional<DnsAnswer> decode_dns_answer(std::span<const std::uint8_t> message) {
  constexpr std::uint16_t kCodeMask = 0x000f;
  constexpr std::uint16_t kIsTruncated = 0x0200;
  constexpr std::size_t kTypeAndClass = 4;
  constexpr std::size_t kOtherCounts = 4;
  ByteReader reader{message};
  DnsAnswer answer{.id = reader.big_endian<std::uint16_t>()};
  const auto flags = reader.big_endian<std::uint16_t>();
  const auto questions = reader.big_endian<std::uint16_t>();
  const auto records = reader.big_endian<std::uint16_t>();
  reader.take(kOtherCounts);
  if (questions == 1) answer.question = name_ahead(reader);
  for (int i = 0; i < questions && reader.is_whole(); ++i) {
    skip_name(reader);
    reader.take(kTypeAndClass);
  }
  for (int i = 0; i < records && reader.is_whole(); ++i)
    read_record(reader, answer);
  if (!reader.is_whole() || (flags & kIsResponse) == 0) return std::nullopt;
  answer.code = flags & kCodeMask;
  answer.is_truncated = (flags & kIsTruncated) != 0;
  return answer;
}

}  // namespace wandrill
