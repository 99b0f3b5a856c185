// SPDX-License-Identifier: Apache-2.0
#include "traffic/media_latch.hpp"

#include <algorithm>

namespace wandrill {
namespace {

bool is_same(const SocketAddress& a, const SocketAddress& b) {
  return a.port() == b.port() && a.address() == b.address();
}

}  // namespace

void MediaLatch::signalled(const IpAddress& from) {
  signalled_from_ = from;
  peer_.reset();
  candidate_.reset();
  seen_ = 0;
}

bool MediaLatch::offer(const SocketAddress& source, std::uint64_t sequence) {
  const bool is_newer = sequence >= newest_;
  newest_ = std::max(newest_, sequence);
  const bool by_signalling = rule_ == MediaPeer::kStrict || rule_ == MediaPeer::kReinvite;
  if (by_signalling && signalled_from_ && source.address() != *signalled_from_) return false;
  if (!peer_) {
    peer_ = source;
    return true;
  }
  if (is_same(*peer_, source)) {
    candidate_.reset();
    return true;
  }
  // From the right address, but another port: whoever is strict minds that too.
  if (by_signalling) return false;
  // One that was held up on the old path does not pull the call back.
  return !is_newer || follow(source, sequence);
}

bool MediaLatch::follow(const SocketAddress& source, std::uint64_t) {
  if (!candidate_ || !is_same(*candidate_, source)) {
    candidate_ = source;
    seen_ = 0;
  }
  ++seen_;
  if (rule_ == MediaPeer::kLatching && seen_ < learn_after_) return false;
  peer_ = source;
  candidate_.reset();
  return true;
}

}  // namespace wandrill
