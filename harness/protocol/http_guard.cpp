// SPDX-License-Identifier: Apache-2.0
#include "protocol/http_guard.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include <fmt/format.h>

namespace wandrill {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::string_view kAnswerStart = "HTTP/1.";
/// What changes where a message ends, or what follows it.
constexpr std::array<std::string_view, 3> kNeverSent{"Transfer-Encoding", "Trailer", "Upgrade"};

char lower_letter(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool is_field(std::string_view name, std::string_view wanted) {
  return std::ranges::equal(name, wanted, {}, lower_letter, lower_letter);
}

/// Of a field's name: RFC 9110, section 5.6.2.
bool is_token_letter(char letter) {
  const char small = lower_letter(letter);
  return (small >= 'a' && small <= 'z') || (letter >= '0' && letter <= '9') ||
         (letter != '\0' &&
          std::string_view{"!#$%&'*+-.^_`|~"}.find(letter) != std::string_view::npos);
}

/// Lines end with CR LF, and nothing else has either; other control characters have no business.
bool has_stray_control(std::string_view head) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    const auto octet = static_cast<unsigned char>(head[i]);
    if (octet == '\r' && i + 1 == head.size()) return false;
    if (octet == '\r' && head[i + 1] == '\n')
      ++i;
    else if ((octet < ' ' && octet != '\t') || octet == 0x7f)
      return true;
  }
  return false;
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The fields of a head, one after another.
struct HeadCheck {
  std::size_t most_body = 0;
  std::optional<std::size_t> length;

  /// Why the line is refused; empty: it is not.
  std::string objection_to(std::string_view line) {
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    if (colon == std::string_view::npos || name.empty() ||
        !std::ranges::all_of(name, is_token_letter))
      return "a line that is no field";
    for (const auto never : kNeverSent)
      if (is_field(name, never)) return std::string{never};
    if (!is_field(name, "Content-Length")) return "";
    if (length) return "Content-Length twice";
    const auto text = without_blanks(line.substr(colon + 1));
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
      return "a Content-Length that is no number";
    if (value > most_body) return fmt::format("a Content-Length of {}", value);
    length = value;
    return "";
  }
};

/// "HTTP/1.1 100 Continue": 100.
bool is_interim(std::string_view status_line) {
  const auto blank = status_line.find(' ');
  return blank != std::string_view::npos && status_line.substr(blank + 1).starts_with('1');
}

}  // namespace

void HttpGuard::look_at_head() {
  const std::string_view all{pending_};
  const auto end = all.find(kHeadEnd);
  const bool is_whole = end != std::string_view::npos;
  auto head = is_whole ? all.substr(0, end + kHeadEnd.size()) : all;
  const auto start = head.substr(0, kAnswerStart.size());
  if (head.size() > kMostHttpHead)
    mistake_ = fmt::format("a head of more than {} bytes", kMostHttpHead);
  else if (kind_ == Kind::kAnswer && !kAnswerStart.starts_with(start))
    mistake_ = "no HTTP/1";
  else if (has_stray_control(head))
    mistake_ = "a control character in the head";
  if (!is_whole || !mistake_.empty()) return;

  const auto whole = head.size();
  head.remove_suffix(2);
  HeadCheck check{.most_body = most_body_, .length = {}};
  for (bool is_first = true; !head.empty() && mistake_.empty(); is_first = false) {
    const auto line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(line.size() + 2);
    if (!is_first)
      mistake_ = check.objection_to(line);
    else if (line.empty())
      mistake_ = "an empty first line";
    else if (kind_ == Kind::kAnswer && is_interim(line))
      mistake_ = "an interim status";
  }
  if (mistake_.empty()) left_ = whole + check.length.value_or(0);
}

std::string_view HttpGuard::readable() {
  if (!left_ && mistake_.empty() && !pending_.empty()) look_at_head();
  return left_ ? std::string_view{pending_}.substr(0, *left_) : std::string_view{};
}

void HttpGuard::take(std::size_t bytes) {
  assert(left_ && bytes <= *left_ && bytes <= pending_.size());
  pending_.erase(0, bytes);
  *left_ -= bytes;
}

void HttpGuard::begin() {
  left_.reset();
  mistake_.clear();
}

}  // namespace wandrill
