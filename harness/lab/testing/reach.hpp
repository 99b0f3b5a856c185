// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <string>

#include "net/netns.hpp"

namespace wandrill::testing {

/// From an address of one namespace to one of another.
struct Way {
  const NetNs& from;
  const NetNs& to;
  std::string source;
  std::string target;
  std::size_t payload = 1;  ///< Bytes of UDP, sent in one piece (DF).
};

/// Whether a UDP datagram gets there. A link needs a moment until IPv6 uses it, so the sender is
/// patient; where nothing may pass, `patience` is what the test waits.
bool reaches(const Way& way, std::chrono::milliseconds patience = std::chrono::seconds{5});

}  // namespace wandrill::testing
