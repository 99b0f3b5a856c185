// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/files.hpp"

namespace wandrill {
namespace {

/// Counted before anything is parsed; brackets within strings do not count.
std::size_t depth_of(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char octet = text[i];
    if (in_string) {
      if (octet == '\\') ++i;
      if (octet == '"') in_string = false;
    } else if (octet == '"') {
      in_string = true;
    } else if (octet == '[' || octet == '{') {
      deepest = std::max(deepest, ++depth);
    } else if ((octet == ']' || octet == '}') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

}  // namespace

std::optional<Json> parse_json(std::string_view text) {
  if (depth_of(text) > kDeepestJson) return std::nullopt;
  auto value = Json::parse(text.begin(), text.end(), nullptr, false);
  if (value.is_discarded()) return std::nullopt;
  return std::make_optional(std::move(value));
}

Json read_json(const std::filesystem::path& path) {
  if (auto value = parse_json(read_file(path))) return std::move(*value);
  throw MachineError{path.native() + ": is damaged: it is not the JSON that wandrill wrote"};
}

}  // namespace wandrill
