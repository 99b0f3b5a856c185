// SPDX-License-Identifier: Apache-2.0
#include "protocol/syslog_message.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace wandrill {
namespace {

constexpr std::size_t kMostText = 1024;
constexpr int kDaemons = 3;

/// "<29>" at the front, taken off; -1 for none (RFC 5424 6.2.1: one to three digits, at most 191).
int take_priority(std::string_view& rest) {
  constexpr int kMostPriority = 191;
  if (rest.empty() || rest.front() != '<') return -1;
  const auto close = rest.find('>');
  if (close == rest.npos || close < 2 || close > 4) return -1;
  int priority = 0;
  const auto [end, error] = std::from_chars(rest.data() + 1, rest.data() + close, priority);
  if (error != std::errc{} || end != rest.data() + close || priority > kMostPriority) return -1;
  rest.remove_prefix(close + 1);
  return priority;
}

void drop_words(std::string_view& rest, int count) {
  for (; count > 0; --count) {
    const auto blank = rest.find(' ');
    if (blank == rest.npos) return;
    rest.remove_prefix(blank + 1);
  }
}

/// Version, time, host, program, process and message id; then structured data.
void drop_new_header(std::string_view& rest) {
  drop_words(rest, 6);
  if (rest.starts_with("- ")) {
    rest.remove_prefix(2);
    return;
  }
  const auto close = rest.find("] ");
  if (rest.starts_with('[') && close != rest.npos) rest.remove_prefix(close + 2);
}

/// "Nov 23 21:05:07 host " of RFC 3164 4.1.
void drop_old_header(std::string_view& rest) {
  constexpr std::size_t kStampLength = 16;
  const bool has_stamp = rest.size() > kStampLength && rest[3] == ' ' && rest[6] == ' ' &&
                         rest[9] == ':' && rest[12] == ':' && rest[15] == ' ';
  if (!has_stamp) return;
  rest.remove_prefix(kStampLength);
  drop_words(rest, 1);
}

}  // namespace

SyslogMessage decode_syslog(std::span<const std::uint8_t> datagram) {
  std::string all;
  for (const auto octet : datagram.first(std::min(datagram.size(), kMostText))) {
    const bool is_text = octet >= 0x20 && octet < 0x7f;
    all.push_back(is_text ? static_cast<char>(octet) : octet == '\n' || octet == '\t' ? ' ' : '?');
  }
  std::string_view rest = all;
  SyslogMessage message;
  const int priority = take_priority(rest);
  if (priority >= 0) {
    message.severity = priority % 8;
    if (rest.starts_with("1 "))
      drop_new_header(rest);
    else
      drop_old_header(rest);
  }
  while (!rest.empty() && (rest.back() == ' ' || rest.back() == '?'))
    rest.remove_suffix(1);
  message.text = std::string{rest};
  return message;
}

std::string encode_syslog(int severity, const std::string& host, const std::string& program,
                          const std::string& text) {
  return fmt::format("<{}>1 - {} {} - - - {}", kDaemons * 8 + severity, host, program, text);
}

}  // namespace wandrill
