// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "measure/measurements.hpp"
#include "measure/time_span.hpp"
#include "plan/plan.hpp"

namespace wandrill {

/// In order of severity: the worst outcome of a suite is its own. `interrupted` is Ctrl-C.
enum class Outcome : std::uint8_t { kSkipped, kPass, kInconclusive, kFail, kError, kInterrupted };

std::string_view to_string(Outcome outcome);
/// 0 pass and skipped, 1 fail, 3 error, 4 inconclusive, 130 interrupted (128 + SIGINT, as shells
/// do).
int exit_code(Outcome outcome);

/// One expectation, judged.
struct JudgedExpectation {
  std::string text;    ///< What was expected, in words.
  std::string metric;  ///< The metric's name; for states and fates a name of the same manner.
  std::optional<double> measured;
  std::string found;  ///< In words, where it is not a number: "survived", "not met".
  std::string bound;  ///< "<= 3 s"
  double accuracy = 0.0;
  double tester_share = 0.0;
  MetricUnit unit = MetricUnit::kCount;
  Outcome outcome = Outcome::kPass;
  std::string reason;  ///< One sentence.
  std::string place;   ///< file:line:col of the expectation; empty for the built-in ones.
  /// Of one that failed: when it was broken, as far as that is of one stretch of the run.
  std::optional<TimeSpan> broken{};
  std::string evidence;       ///< The file in the run folder that holds the packets from then.
  std::string evidence_note;  ///< Which of them are missing, and why; empty: none.
};

/// What to do about what was found.
struct Finding {
  enum class Bucket : std::uint8_t { kImmediateFix, kPlannedEngineering, kDeferred };
  Bucket bucket = Bucket::kImmediateFix;
  std::string title;
  std::string evidence;
  std::string advice;
};

std::string_view to_string(Finding::Bucket bucket);

struct Verdict {
  Outcome outcome = Outcome::kError;
  std::string sentence;  ///< What the caller went through, for a manager: one sentence.
  std::string reason;    ///< Why this outcome, when it is none of the expectations.
  std::vector<JudgedExpectation> expectations;
  std::vector<Finding> findings;
};

/// How the run ended, for the verdict: the Recording's own words, without the Recording.
struct RunEnd {
  bool interrupted = false;
  std::string error;  ///< Empty: none.
  std::string missing_capability;
  std::vector<std::string> in_force;  ///< Faults in force when a run ended before its time.
};

/// Pure. Expectations in the order of the Plan, then the built-in ones (no missed failover, steady
/// state after the last restore).
Verdict judge(const Plan& plan, const Measurements& measurements, const RunEnd& end);

/// The worst of several, by severity.
Outcome worst(const std::vector<Outcome>& outcomes);

}  // namespace wandrill
