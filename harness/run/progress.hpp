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
///    "sessions": [{name, up: {silent_ms}, down: {silent_ms}}], "next": …}   five times a second
///   {"type": "ready", "nodes": {name: descriptor}}              the lab stands; for `wandrill
///   enter`
///   {"type": "error", "message": …}                             the cell could not go on
class Progress {
 public:
  Progress(const RunContext& context, Traffic& traffic, Observer& observer,
           std::function<std::string(const std::string& wan)> fault_on);

  void enter_stage(const std::string& stage);
  /// What comes next, and when; an instant in the past hides the countdown.
  void announce(const std::string& what, RunTime due);

  /// Tells five times a second until it is cancelled.
  boost::asio::awaitable<void> keep_telling();

 private:
  [[nodiscard]] Json picture() const;

  const RunContext& context_;
  Traffic& traffic_;
  Observer& observer_;
  std::function<std::string(const std::string&)> fault_on_;
  std::string stage_;
  std::string next_;
  RunTime next_due_;
};

}  // namespace wandrill
