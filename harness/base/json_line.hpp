// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/json.hpp"

namespace wandrill {

/// One message as a line. Bytes that are no UTF-8 (a path, a router's log) are replaced: a message
/// must never fail for them.
inline std::string json_line(const Json& message) {
  return message.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wandrill
