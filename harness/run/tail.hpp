// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <optional>

#include "base/clock.hpp"

namespace wandrill {

/// The end of a drill whose faults are all restored: traffic must be steady from the last restore
/// on, and the drill goes on until the router has taken traffic back to where it was before the
/// first fault, which a hold-down delays and some routers never do. Pure.
class Tail {
 public:
  /// What is seen of the running lab.
  struct Look {
    RunInstant now;
    bool is_home = false;  ///< All traffic leaves by the WANs that it left by before.
    std::optional<RunInstant> last_failback;  ///< When traffic last moved to a better WAN.
  };

  /// `restored`: when the last fault was; the way back is waited for at most `failback_within` of
  /// that.
  Tail(RunInstant restored, Nanos failback_within)
      : restored_{restored}, due_{restored + failback_within} {}

  /// The way back was seen, or there was none to see.
  [[nodiscard]] bool has_come_back(const Look& look) const {
    return look.is_home || (look.last_failback && *look.last_failback >= restored_);
  }
  /// It was not, and its time is not over.
  [[nodiscard]] bool must_wait(const Look& look) const {
    return look.now < due_ && !has_come_back(look);
  }
  /// From when on traffic must be steady: the restore, or the way back.
  [[nodiscard]] RunInstant counts_from(const Look& look) const {
    return look.last_failback ? std::max(restored_, *look.last_failback) : restored_;
  }
  [[nodiscard]] RunInstant due() const noexcept { return due_; }

 private:
  RunInstant restored_;
  RunInstant due_;
};

}  // namespace wandrill
