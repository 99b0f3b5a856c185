// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/unique_fd.hpp"
#include "net/netns.hpp"
#include "refrouter/testing/live_router.hpp"

namespace wandrill::testing {

/// A UDP flow to an echo server: always the same socket and port, so that whatever the router
/// remembers of it stays remembered.
class ClientFlow {
 public:
  ClientFlow(const NetNs& ns, EchoServers& echo, const char* server, std::uint16_t port = 9000);

  /// Sends every few milliseconds until something sent in this call is answered.
  bool is_answered_within(Nanos time);

 private:
  EchoServers& echo_;
  UniqueFd socket_;
  std::uint32_t last_ = 0;
};

}  // namespace wandrill::testing
