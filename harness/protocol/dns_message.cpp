// SPDX-License-Identifier: Apache-2.0
#include "protocol/dns_message.hpp"

namespace wandrill {
namespace {

constexpr std::uint16_t kRecursionDesired = 0x0100;
constexpr std::uint16_t kIsResponse = 0x8000;
constexpr std::uint16_t kClassInternet = 1;
constexpr std::uint8_t kPointer = 0xc0;

/// Reads from the front; once something was missing, everything else is, too.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : rest_{bytes} {}

  std::span<const std::uint8_t> take(std::size_t size) {
    if (size > rest_.size()) {
      is_whole_ = false;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  std::uint8_t byte() {
    const auto one = take(1);
    return one.empty() ? std::uint8_t{0} : one[0];
  }
  std::uint16_t word() {
    const auto two = take(2);
    return two.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(two[0] << 8U | two[1]);
  }
  /// A name, plain or compressed (RFC 1035 4.1.4): where it points to does not matter here.
  void skip_name() {
    while (is_whole_) {
      const auto length = byte();
      if (length == 0) return;
      if (length >= kPointer) {
        byte();
        return;
      }
      take(length);
    }
  }
  /// A name without pointers; empty for one with them.
  std::string name() {
    auto ahead = *this;
    std::string text;
    for (auto length = ahead.byte(); ahead.is_whole() && length != 0; length = ahead.byte()) {
      if (length >= kPointer) return "";
      const auto label = ahead.take(length);
      if (!text.empty()) text += '.';
      text.append(label.begin(), label.end());
    }
    return ahead.is_whole() ? text : "";
  }
  [[nodiscard]] bool is_whole() const { return is_whole_; }

 private:
  std::span<const std::uint8_t> rest_;
  bool is_whole_ = true;
};

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

void read_record(Reader& reader, DnsAnswer& answer) {
  constexpr std::size_t kTimeToLive = 4;
  reader.skip_name();
  const auto type = reader.word();
  const auto record_class = reader.word();
  reader.take(kTimeToLive);
  const auto data = reader.take(reader.word());
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
  Reader reader{message};
  DnsAnswer answer{.id = reader.word()};
  const auto flags = reader.word();
  const auto questions = reader.word();
  const auto records = reader.word();
  reader.take(kOtherCounts);
  if (questions == 1) answer.question = reader.name();
  for (int i = 0; i < questions && reader.is_whole(); ++i) {
    reader.skip_name();
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
