// SPDX-License-Identifier: Apache-2.0
#include "vm/json_lines.hpp"

#include "base/json_text.hpp"

namespace wandrill {
namespace {

constexpr std::size_t kLongestLine = 1U << 20U;

}  // namespace

void JsonLines::feed(std::string_view bytes) {
  pending_ += bytes;
  if (pending_.size() > kLongestLine && pending_.find('\n') == std::string::npos) pending_.clear();
}

Json JsonLines::next() {
  for (auto end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n')) {
    auto message = parse_json(std::string_view{pending_}.substr(0, end));
    pending_.erase(0, end + 1);
    if (message && message->is_object()) return std::move(*message);
  }
  return nullptr;
}

}  // namespace wandrill
