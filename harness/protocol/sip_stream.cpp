// SPDX-License-Identifier: Apache-2.0
#include "protocol/sip_stream.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace wandrill {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadersEnd = "\r\n\r\n";
constexpr std::size_t kMostHeaders = 16 * 1024;
constexpr std::size_t kMostBody = 64 * 1024;

bool is_name(std::string_view text, std::string_view name) {
  return std::ranges::equal(
      text, name, [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Nothing without the header, which a stream must have, or for a nonsensical one.
std::optional<std::size_t> body_length(std::string_view headers) {
  while (!headers.empty()) {
    const auto end = std::min(headers.find(kLineEnd), headers.size());
    const auto line = headers.substr(0, end);
    headers.remove_prefix(std::min(end + kLineEnd.size(), headers.size()));
    const auto colon = line.find(':');
    if (colon == line.npos) continue;
    const auto name = without_blanks(line.substr(0, colon));
    if (!is_name(name, "content-length") && !is_name(name, "l")) continue;
    const auto value = without_blanks(line.substr(colon + 1));
    std::size_t length = 0;
    const auto [rest, error] = std::from_chars(value.data(), value.data() + value.size(), length);
    const bool is_whole = rest == value.data() + value.size() && !value.empty();
    return error == std::errc{} && is_whole && length <= kMostBody ? std::optional{length}
                                                                   : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

/// Whether something was taken off; "\r\n" at a server may be half of a ping.
bool SipStream::take_keepalive(const Each& each) {
  if (end_ == End::kServer && pending_.starts_with(kHeadersEnd)) {
    pending_.erase(0, kHeadersEnd.size());
    each(What::kPing, {});
    return true;
  }
  const bool may_be_ping = end_ == End::kServer && kHeadersEnd.starts_with(pending_);
  if (!pending_.starts_with(kLineEnd) || may_be_ping) return false;
  pending_.erase(0, kLineEnd.size());
  // RFC 3261 7.5: before a message they mean nothing to a server.
  if (end_ == End::kClient) each(What::kPong, {});
  return true;
}

bool SipStream::feed(std::string_view bytes, const Each& each) {
  pending_ += bytes;
  for (;;) {
    if (take_keepalive(each)) continue;
    if (pending_.empty() || kHeadersEnd.starts_with(pending_)) return true;
    const auto end = pending_.find(kHeadersEnd);
    if (end == pending_.npos) return pending_.size() <= kMostHeaders;
    if (end > kMostHeaders) return false;
    const auto body = body_length(std::string_view{pending_}.substr(0, end));
    if (!body) return false;
    const auto whole = end + kHeadersEnd.size() + *body;
    if (pending_.size() < whole) return true;
    const auto message = pending_.substr(0, whole);
    pending_.erase(0, whole);
    each(What::kMessage, message);
  }
}

}  // namespace wandrill
