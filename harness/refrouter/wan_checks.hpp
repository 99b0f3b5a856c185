// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>

#include "refrouter/check_window.hpp"
#include "refrouter/config.hpp"
#include "refrouter/prober.hpp"

namespace wandrill {

/// The health checks of one WAN: its schedule, its sockets and what is under way.
class WanChecks {
 public:
  /// `wan`: its place in the list. The first check is due at `start`. Throws std::system_error.
  WanChecks(const RefrouterConfig& config, std::size_t wan, Instant start);

  [[nodiscard]] const std::vector<int>& fds() const noexcept { return prober_.fds(); }
  [[nodiscard]] Instant next_deadline() const;
  /// Reads what has arrived, then gives the checks that ended, and sends the one that is due.
  std::vector<CheckResult> step(Instant now);
  /// A check has ended.
  [[nodiscard]] bool has_result() const noexcept { return last_answered_.has_value(); }
  /// Whether this result differs from the one before it; the first one is expected to be good.
  bool is_change(const CheckResult& result);

 private:
  Prober prober_;
  CheckWindow window_;
  CheckSchedule schedule_;
  std::optional<bool> last_answered_;
};

}  // namespace wandrill
