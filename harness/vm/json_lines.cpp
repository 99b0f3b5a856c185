// SPDX-License-Identifier: Apache-2.0
#include "vm/json_lines.hpp"

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
    auto message = Json::parse(pending_.substr(0, end), nullptr, false);
    pending_.erase(0, end + 1);
    if (message.is_object()) return message;
  }
  return nullptr;
}

}  // namespace wandrill
