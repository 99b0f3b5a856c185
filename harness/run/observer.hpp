// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/pattern.hpp"
#include "record/events.hpp"
#include "run/context.hpp"
#include "traffic/traffic.hpp"

namespace wandrill {

/// Answers, while the run goes on, what the timeline and the gates ask: which WAN carries the
/// traffic, whether it arrives, what the router logged.
class Observer {
 public:
  Observer(const RunContext& context, Traffic& traffic) : context_{context}, traffic_{traffic} {}

  [[nodiscard]] bool holds(const Condition& condition, RunInstant since);
  /// No flow lost a packet in the last `lasting`; if one did, its name goes to `culprit`.
  [[nodiscard]] bool is_steady(Nanos lasting, std::string& culprit) const;
  /// From now on, `home` is the WANs by which traffic leaves now.
  void note_home();
  /// What leaves, leaves by those again.
  [[nodiscard]] bool is_home() const;
  /// The WAN by which packets of the session left last; "" when none did yet.
  [[nodiscard]] std::string egress_of(std::size_t session) const;

  /// For how long one of the flows of `session` (of any, if empty) has received nothing.
  [[nodiscard]] Nanos silence_of(const std::string& session) const;

  void heard(const LogEvent& line);
  /// Posts "failover" and "failback" on the board as the taps see traffic move, until cancelled.
  boost::asio::awaitable<void> post_moves();

 private:
  [[nodiscard]] bool all_leave_by(const std::string& wan) const;
  [[nodiscard]] bool is_flowing(const std::string& session);
  /// When the latest line that matches arrived.
  [[nodiscard]] std::optional<RunInstant> last_match(const std::string& pattern);

  struct LogSearch {
    Pattern pattern;
    std::size_t lines_seen = 0;
    std::optional<RunInstant> last_match;
  };

  const RunContext& context_;
  Traffic& traffic_;
  std::deque<LogEvent> log_;  ///< The latest lines.
  std::size_t lines_heard_ = 0;
  std::vector<std::optional<std::uint8_t>> home_;  ///< By session: a WAN, if it was seen to leave.
  std::map<std::string, LogSearch> searches_;      ///< By pattern.
};

}  // namespace wandrill
