// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "refrouter/wan_health.hpp"

namespace wandrill {

/// One line: {"monotonic":12.345678,"event":"switch",…} and the fields in their order.
std::string log_line(Instant at, std::string_view event, const Json& fields);

/// The router's log: one JSON object per line. Lines are kept until flush(), so that what was
/// decided is done before it is told.
class Log {
 public:
  explicit Log(int fd) : fd_{fd} {}

  /// `at`: when it was decided or seen.
  void add(Instant at, std::string_view event, const Json& fields = Json::object());
  /// Writes what was added. A reader that has gone away does not stop a router.
  void flush();

 private:
  int fd_;
  std::string pending_;
};

}  // namespace wandrill
