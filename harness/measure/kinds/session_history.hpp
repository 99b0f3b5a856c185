// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// A time in which requests went out and no answer came.
struct Silence {
  TimeSpan span;
  bool at_the_end = false;  ///< The run ended before an answer came.
};

/// A connection that stood and was lost.
struct LostConnection {
  RunInstant at;
  /// Nobody said that it was over: its owner waited in vain, and gave up.
  bool timed_out = false;
  std::string how;
};

/// What a session of requests went through within the timeline, with the first and the last request
/// as its edges.
struct SessionHistory {
  std::vector<Silence> silences;  ///< From each answer to the next, in order.
  std::vector<LostConnection> losses;

  [[nodiscard]] Silence longest_silence() const;
  /// The first answer after `at`.
  [[nodiscard]] std::optional<RunInstant> next_answer(RunInstant at) const;
};

SessionHistory read_history(const RunIndex& run, const SessionPlan& session);

/// What became of a session, by its story.
SessionFate decide_fate(const SessionHistory& story, const SessionPlan& session,
                        const StallLog& stalls);

}  // namespace wandrill
