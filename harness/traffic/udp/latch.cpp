// SPDX-License-Identifier: Apache-2.0
#include "traffic/udp/latch.hpp"

namespace wandrill {

Latch::Change Latch::offer(const SocketAddress& source, std::uint64_t sequence) {
  if (peer_ && sequence <= newest_) return Change::kNone;
  newest_ = sequence;
  if (!peer_) {
    peer_ = source;
    return Change::kFirst;
  }
  if (peer_->port() == source.port() && peer_->address() == source.address()) return Change::kNone;
  peer_ = source;
  return Change::kMoved;
}

}  // namespace wandrill
