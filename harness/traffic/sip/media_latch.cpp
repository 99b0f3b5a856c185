// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/media_latch.hpp"

#include <algorithm>

namespace wandrill {
namespace {

bool is_same(const SocketAddress& a, const SocketAddress& b) {
  return a.port() == b.port() && a.address() == b.address();
}

}  // namespace

void MediaLatch::signalled(const IpAddress& from, RunInstant now) {
  signalled_from_ = from;
  signalled_at_ = now;
  peer_.reset();
  candidate_.reset();
  seen_ = 0;
}

bool MediaLatch::offer(const SocketAddress& source, std::uint64_t sequence, RunInstant now) {
  const bool is_newer = sequence >= newest_;
  newest_ = std::max(newest_, sequence);
  const bool by_signalling =
      rules_.peer == MediaPeer::kStrict || rules_.peer == MediaPeer::kReinvite;
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
  if (!is_newer) return true;
  return (may_learn(now) && follow(source)) || rules_.hears_strangers;
}

bool MediaLatch::may_learn(RunInstant now) const {
  return rules_.peer == MediaPeer::kHandover || rules_.learn_for == Nanos{0} ||
         now - signalled_at_ < rules_.learn_for;
}

bool MediaLatch::follow(const SocketAddress& source) {
  if (!candidate_ || !is_same(*candidate_, source)) {
    candidate_ = source;
    seen_ = 0;
  }
  ++seen_;
  if (rules_.peer == MediaPeer::kLatching && seen_ < rules_.learn_after) return false;
  peer_ = source;
  candidate_.reset();
  return true;
}

}  // namespace wandrill
