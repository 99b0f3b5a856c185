// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "run/context.hpp"
#include "run/observer.hpp"

namespace wandrill {

/// What the cell tells its parent, as messages on the channel:
///   {"type": "event", "at": ns, "text": …}                      a line for people
///   {"type": "progress", "scenario", "stage", "elapsed": ns, "wans": [{name, active, fault}],
///    "sessions": [{name, up: {silent_ms}, down: {silent_ms}}], "ahead": …}  five times a second
///   {"type": "ready", "nodes": {name: descriptor}}              the lab stands; for `wandrill
///   enter`
///   {"type": "error", "message": …}                             the cell could not go on
class Progress {
 public:
  Progress(const RunContext& context, Traffic& traffic, Observer& observer,
           std::function<std::string(const std::string& wan)> fault_on);

  void enter_stage(const std::string& stage);
  /// What comes next, and when.
  void announce(const std::string& what, RunInstant due);
  /// What is waited for, and until when at the latest.
  void announce_wait(const std::string& what, RunInstant deadline);

  /// Tells five times a second until it is cancelled.
  boost::asio::awaitable<void> keep_telling();

 private:
  [[nodiscard]] Json picture() const;
  [[nodiscard]] std::string ahead_text(RunInstant now) const;

  const RunContext& context_;
  Traffic& traffic_;
  Observer& observer_;
  std::function<std::string(const std::string&)> fault_on_;
  std::string stage_;
  std::string ahead_;
  RunInstant ahead_at_;
  bool is_waiting_ = false;
};

}  // namespace wandrill
