// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "verdict/expectations.hpp"
#include "verdict/findings.hpp"
#include "verdict/sentence.hpp"
#include "verdict/text.hpp"
#include "verdict/verdict.hpp"

namespace wandrill {
namespace {

/// Expectations of a run that did not get to its end: a bound that held so far might have been
/// broken later, and one that was broken might have been met.
void leave_open(std::vector<JudgedExpectation>& expectations, const std::string& why) {
  for (auto& judged : expectations) {
    judged.outcome = Outcome::kSkipped;
    judged.reason = why;
  }
}

/// When each was broken that failed: of one that no single stretch of the run broke, from the first
/// fault's effect until traffic was back.
void tell_when_broken(const Measurements& measurements,
                      std::vector<JudgedExpectation>& expectations) {
  for (auto& judged : expectations) {
    if (judged.outcome != Outcome::kFail) judged.broken.reset();
    if (judged.outcome != Outcome::kFail || judged.broken) continue;
    for (const auto& transition : measurements.transitions) {
      const auto begin = transition.observed ? transition.observed : transition.switched;
      if (!begin) continue;
      const auto end = transition.missed ? transition.ended : transition.first_packet;
      judged.broken = TimeSpan{*begin, std::max(*begin, end.value_or(*begin))};
      judged.evidence_note = "it was no single moment's: from the first transition";
      break;
    }
  }
}

/// What makes the run itself worthless, whatever was expected; empty: nothing.
std::string error_of(const Measurements& measurements, const RunEnd& end) {
  if (!end.error.empty()) return end.error;
  if (measurements.gate_failure && measurements.gate_failure_is_error)
    return *measurements.gate_failure;
  if (!measurements.unproven_faults.empty())
    return fmt::format("No effect of {} could be seen: nothing was tested.",
                       fmt::join(measurements.unproven_faults, ", "));
  return "";
}

Verdict without_result(Outcome outcome, std::string sentence, std::string reason) {
  return {.outcome = outcome, .sentence = std::move(sentence), .reason = std::move(reason)};
}

std::string interrupted_text(const Measurements& measurements) {
  if (!measurements.end) return "The run was interrupted.";
  return fmt::format("The run was interrupted after {}.",
                     time_text(measurements.end->time_since_epoch()));
}

/// What stopped the run before its end; null: nothing did.
const GateResult* stop_of(const Measurements& measurements) {
  for (const auto& gate : measurements.gates)
    if (gate.stop != Stop::kNone) return &gate;
  return nullptr;
}

/// What was in force when the run ended before its time; empty: nothing.
std::string faults_text(const RunEnd& end) {
  if (end.in_force.empty()) return "";
  return fmt::format("In force then: {}.", fmt::join(end.in_force, ", "));
}

std::string with_faults(const std::string& text, const RunEnd& end) {
  return end.in_force.empty() ? text : text + " " + faults_text(end);
}

std::string stopped_text(const GateResult& stop) {
  return fmt::format("The drill was stopped after {}, because {}.",
                     time_text(stop.at.time_since_epoch()), stop.detail);
}

}  // namespace

Verdict judge(const Plan& plan, const Measurements& measurements, const RunEnd& end) {
  auto expectations = judge_expectations(plan, measurements);
  auto built_in = judge_built_in(plan, measurements);
  expectations.insert(expectations.end(), built_in.begin(), built_in.end());

  Verdict verdict;
  if (end.interrupted) {
    verdict =
        without_result(Outcome::kInterrupted, interrupted_text(measurements), faults_text(end));
    leave_open(expectations, "The run did not get that far.");
  } else if (!end.missing_capability.empty() && plan.optional) {
    verdict = without_result(Outcome::kSkipped, "Skipped: this machine cannot run it.",
                             end.missing_capability);
    expectations.clear();
  } else if (const auto error = error_of(measurements, end); !error.empty()) {
    verdict = without_result(Outcome::kError, "The run proves nothing about the router.",
                             with_faults(error, end));
    leave_open(expectations, "Not judged: the run itself went wrong.");
  } else if (const auto* stop = stop_of(measurements)) {
    leave_open(expectations, "The run did not get that far.");
    expectations.push_back(judge_stop(*stop));
    verdict = without_result(expectations.back().outcome, stopped_text(*stop), "");
  } else {
    std::vector<Outcome> outcomes{Outcome::kPass};
    for (const auto& judged : expectations)
      outcomes.push_back(judged.outcome);
    verdict.outcome = worst(outcomes);
    verdict.sentence = sentence_of(plan, measurements, expectations);
    verdict.findings = find_faults_of_the_router(plan, measurements);
  }
  tell_when_broken(measurements, expectations);
  verdict.expectations = std::move(expectations);
  return verdict;
}

}  // namespace wandrill
