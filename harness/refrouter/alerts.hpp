// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "refrouter/failover.hpp"

namespace wandrill {

/// When somebody is told.
struct AlertPolicy {
  Nanos long_failover = std::chrono::seconds{3};  ///< On a worse WAN for longer than this.
  int flap_count = 3;                             ///< A WAN that went down this often …
  Nanos flap_window = std::chrono::seconds{30};   ///< … within this time flaps.
};

/// Severities of RFC 5424 6.2.1.
enum class Severity { kWarning = 4, kNotice = 5 };

struct Alert {
  Severity severity = Severity::kNotice;
  std::string text;

  friend bool operator==(const Alert&, const Alert&) = default;
};

/// What an operator is told of the router's decisions. Nothing here looks at a clock.
class Alerts {
 public:
  /// `wans`: their names, in the order in which they are preferred; the first is in use.
  Alerts(AlertPolicy policy, std::vector<std::string> wans);

  std::vector<Alert> take(const Decision& decision, Instant now);
  std::vector<Alert> time(Instant now);
  /// When time() may have something to tell.
  [[nodiscard]] std::optional<Instant> next_deadline() const;

 private:
  void count_down(std::size_t wan, Instant now, std::vector<Alert>& alerts);

  AlertPolicy policy_;
  std::vector<std::string> wans_;
  std::vector<std::deque<Instant>> went_down_;  ///< By WAN: the latest, within the window.
  std::size_t active_ = 0;
  std::optional<Instant> long_at_;  ///< When the failover in force has lasted for long.
};

}  // namespace wandrill
