// SPDX-License-Identifier: Apache-2.0
#include "verdict/expectations.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "verdict/bound.hpp"
#include "verdict/text.hpp"

namespace wandrill {
namespace {

void set(JudgedExpectation& judged, Judgement judgement) {
  judged.outcome = judgement.outcome;
  judged.reason = std::move(judgement.reason);
}

/// The index of an expectation, with everything that it may be held against.
struct Case {
  const Measurements& measurements;
  std::size_t index;
  JudgedExpectation& judged;
};

void judge(const MetricExpectation& expected, const Case& one) {
  auto& judged = one.judged;
  judged.metric = expected.metric;
  const auto* known = one.measurements.metric(expected.metric);
  if (known == nullptr) {
    judged.bound = bound_text(expected, MetricUnit::kCount);
    set(judged, {Outcome::kFail, "It never happened: this run has no such number."});
    return;
  }
  const auto& measured = *known;
  judged.measured = measured.value;
  judged.unit = measured.unit;
  judged.accuracy = measured.accuracy;
  judged.tester_share = measured.tester_share;
  judged.bound = bound_text(expected, measured.unit);
  judged.broken = measured.when;
  set(judged, judge_value(measured, expected, doubt_of(one.measurements)));
}

std::string state_name(const StateExpectation& expected) {
  switch (expected.state.kind) {
    case Condition::Kind::kEgress:
      return "egress." + expected.state.wan;
    case Condition::Kind::kFlowing:
      return "flowing." + (expected.state.session.empty() ? "all" : expected.state.session);
    case Condition::Kind::kAlert:
      return "alert";
    case Condition::Kind::kLog:
    case Condition::Kind::kSilent:  // only abort conditions have it
      break;
  }
  return "log";
}

/// From the event until the state came about, or should have.
std::optional<TimeSpan> span_of(const StateObservation& state, const StateExpectation& expected,
                                const Measurements& measurements) {
  for (const auto& instant : measurements.instants)
    if (instant.id == state.after_id)
      return TimeSpan{instant.at, instant.at + state.reached.value_or(expected.within)};
  return std::nullopt;
}

void judge(const StateExpectation& expected, const Case& one) {
  auto& judged = one.judged;
  judged.metric = fmt::format("{}.after.{}", state_name(expected), expected.after);
  judged.unit = MetricUnit::kSeconds;
  const MetricExpectation bound{.metric = judged.metric, .at_most = in_seconds(expected.within)};
  judged.bound = bound_text(bound, judged.unit);
  set(judged, {Outcome::kFail, fmt::format("'{}' never happened.", expected.after)});
  bool first = true;
  for (const auto& state : one.measurements.states) {
    if (state.expectation != one.index) continue;
    Measured measured{.unit = MetricUnit::kSeconds,
                      .accuracy = in_seconds(state.accuracy),
                      .tester_share = in_seconds(state.tester_share),
                      .note = state.detail};
    if (state.reached) measured.value = in_seconds(*state.reached);
    auto judgement = judge_value(measured, bound, doubt_of(one.measurements));
    const bool slower = judgement.outcome == judged.outcome && measured.value && judged.measured &&
                        *measured.value > *judged.measured;
    if (!first && judgement.outcome <= judged.outcome && !slower) continue;
    first = false;
    judged.measured = measured.value;
    judged.accuracy = measured.accuracy;
    judged.tester_share = measured.tester_share;
    judged.broken = span_of(state, expected, one.measurements);
    set(judged, {judgement.outcome, fmt::format("After {}: {}", state.after_id, judgement.reason)});
  }
}

/// "survived", or "1 hung, 2 survived".
std::string fates_text(const std::map<std::string, int>& counts, int known) {
  if (known == 0) return "no connection";
  if (counts.size() == 1) return counts.begin()->first;
  std::vector<std::string> words;
  for (const auto& [fate, count] : counts)
    words.push_back(fmt::format("{} {}", count, fate));
  return fmt::format("{}", fmt::join(words, ", "));
}

void judge(const FateExpectation& expected, const Case& one) {
  auto& judged = one.judged;
  judged.metric = expected.session + ".fate";
  judged.bound = fmt::format("{}", fmt::join(expected.one_of, " or "));
  std::vector<std::string> wrong;
  std::map<std::string, int> counts;
  int known = 0;
  for (const auto& fate : one.measurements.fates) {
    const bool meant =
        fate.session == expected.session || fate.session.starts_with(expected.session + ".");
    if (!meant) continue;
    ++known;
    ++counts[fate.fate];
    if (std::ranges::find(expected.one_of, fate.fate) != expected.one_of.end()) continue;
    wrong.push_back(fmt::format("{}: {}{}", fate.session, fate.fate,
                                fate.detail.empty() ? "" : " (" + fate.detail + ")"));
    if (fate.at && !judged.broken) judged.broken = TimeSpan{*fate.at, *fate.at};
  }
  judged.found = fates_text(counts, known);
  if (known == 0)
    set(judged, {Outcome::kFail, fmt::format("{} never had a connection.", expected.session)});
  else if (wrong.empty())
    set(judged, {Outcome::kPass, fmt::format("{} of {} as expected.", known, known)});
  else
    set(judged, {Outcome::kFail, fmt::format("{}.", fmt::join(wrong, "; "))});
}

}  // namespace

std::vector<JudgedExpectation> judge_expectations(const Plan& plan,
                                                  const Measurements& measurements) {
  std::vector<JudgedExpectation> all;
  for (std::size_t i = 0; i < plan.expectations.size(); ++i) {
    const auto& expectation = plan.expectations[i];
    JudgedExpectation judged{.text = expectation.text, .place = to_string(expectation.where)};
    std::visit(
        [&](const auto& what) {
          judge(what, Case{measurements, i, judged});
        },
        expectation.what);
    all.push_back(std::move(judged));
  }
  return all;
}

}  // namespace wandrill
