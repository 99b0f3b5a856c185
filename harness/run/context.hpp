// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/clock.hpp"
#include "lab/channel.hpp"
#include "plan/plan.hpp"
#include "record/journal.hpp"
#include "record/recorder.hpp"
#include "run/event_log.hpp"

namespace wandrill {

/// Now, by the wall clock: ISO 8601 in UTC.
std::string wall_clock_text();

class CaptureFile;
class StandingNetwork;

/// What every part of a run shares. Lives as long as the run.
struct RunContext {
  const Plan& plan;
  RunOrigin origin;
  Recorder& recorder;
  const Channel& channel;
  EventLog& board;
  FaultJournal& journal;
  CaptureFile* capture = nullptr;             ///< If the user wants one.
  const StandingNetwork* standing = nullptr;  ///< Of a plan that is attached.

  [[nodiscard]] RunInstant now() const { return origin.at(Clock::now()); }
  /// Writes down what is about to be done to the lab, or was done.
  void note(const char* act, const std::string& fault = {}, const std::string& what = {}) const;
  /// Tells the user of something, as a line of the live view.
  void tell(const std::string& text) const {
    channel.send({{"type", "event"}, {"at", now().time_since_epoch().count()}, {"text", text}});
  }
};

}  // namespace wandrill
