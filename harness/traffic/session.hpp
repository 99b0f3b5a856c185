// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/clock.hpp"

namespace wandrill {

/// A client and a server talking to each other, as one SessionPlan says.
class Session {
 public:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  virtual ~Session() = default;

  /// Traffic begins at `at`, see Begins; the session's own first packet a phase later.
  virtual void start(Clock::time_point at) = 0;
  /// Sends no more; what arrives is still taken down.
  virtual void stop() = 0;
};

}  // namespace wandrill
