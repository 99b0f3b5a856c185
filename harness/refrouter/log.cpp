// SPDX-License-Identifier: Apache-2.0
#include "refrouter/log.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <unistd.h>

namespace wandrill {

std::string log_line(Instant at, std::string_view event, const Json& fields) {
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch());
  auto line = fmt::format(R"({{"monotonic":{}.{:06},"event":"{}")", us.count() / 1'000'000,
                          us.count() % 1'000'000, event);
  // Messages of the kernel or of nft may hold anything.
  const auto text = fields.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (!fields.empty()) line += "," + text.substr(1, text.size() - 2);
  return line + "}\n";
}

void Log::add(Instant at, std::string_view event, const Json& fields) {
  pending_ += log_line(at, event, fields);
}

void Log::flush() {
  std::string_view rest{pending_};
  while (!rest.empty()) {
    const auto written = ::write(fd_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  pending_.clear();
}

}  // namespace wandrill
