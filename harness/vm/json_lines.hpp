// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace wandrill {

/// Cuts a stream of bytes into JSON messages, one a line. What is no JSON (a kernel's last words)
/// is passed over; a line of more than 1 MiB as well.
class JsonLines {
 public:
  void feed(std::string_view bytes);
  /// The next whole message; null: none is there yet.
  Json next();

 private:
  std::string pending_;
};

}  // namespace wandrill
