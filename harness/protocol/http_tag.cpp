// SPDX-License-Identifier: Apache-2.0
#include "protocol/http_tag.hpp"

#include <string_view>

namespace wandrill {
namespace {

/// The tag between two texts at the start.
std::optional<DnsTag> tag_between(std::string_view text, std::string_view before, char behind) {
  if (!text.starts_with(before)) return std::nullopt;
  text.remove_prefix(before.size());
  const auto end = text.find(behind);
  return end == std::string_view::npos ? std::nullopt : parse_label(text.substr(0, end));
}

}  // namespace

std::optional<TaggedHttp> find_http_tag(std::span<const std::uint8_t> payload) {
  const std::string_view text{reinterpret_cast<const char*>(payload.data()), payload.size()};
  if (const auto tag = tag_between(text, "GET /", ' ')) return TaggedHttp{*tag, false};
  if (const auto tag = tag_between(text, "HTTP/1.1 200 OK\r\nETag: \"", '"'))
    return TaggedHttp{*tag, true};
  return std::nullopt;
}

}  // namespace wandrill
