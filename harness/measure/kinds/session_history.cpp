// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/session_history.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

/// What users notice, and what they do not wait for: these limits are judgement.
constexpr Nanos kNoticeable = 1s;
constexpr Nanos kHopeless = 10s;

std::vector<LostConnection> lost_connections(const RunIndex& run, const SessionPlan& session) {
  std::vector<LostConnection> losses;
  bool stands = false;
  for (const auto* change : run.events_of<SessionEvent>(session)) {
    const bool ended = change->state != "connecting" && change->state != "connected";
    if (stands && ended && run.timeline.contains(change->at))
      losses.push_back(
          {.at = change->at,
           .timed_out = change->state == "timed_out",
           .how = change->detail.empty() ? change->state : change->state + ": " + change->detail});
    if (ended) stands = false;
    if (change->state == "connected") stands = true;
  }
  return losses;
}

std::vector<Silence> silences_of(const FlowPackets& down, const TimeSpan& timeline) {
  const auto range = down.within(timeline);
  std::vector<Silence> silences;
  if (range.first == range.last) return silences;
  RunInstant since = down.scheduled(range.first);
  down.visit_arrivals({{0, down.size()}}, [&](std::size_t sequence) {
    const auto at = down.arrived(sequence);
    if (!timeline.contains(at)) return;
    if (at > since) silences.push_back({{since, at}, false});
    since = std::max(since, at);
  });
  const RunInstant last = down.scheduled(range.last - 1);
  if (last > since) silences.push_back({{since, last}, true});
  return silences;
}

/// Decides by what is left of a silence without what the tester may have caused.
class Judge {
 public:
  Judge(const SessionHistory& story, const SessionPlan& session, const StallLog& stalls)
      : history_{story},
        stalls_{stalls},
        // A session that is seldom used is silent by itself for its interval.
        own_{session.interval > kNoticeable ? session.interval : Nanos{0}},
        fate_{.session = session.name, .fate = "survived"} {}

  SessionFate decide() && {
    if (!never_recovered() && !hung() && !reset()) stalled();
    return std::move(fate_);
  }

 private:
  [[nodiscard]] bool exceeds(const TimeSpan& span, Nanos limit) const {
    const Nanos length = span.length() - own_;
    return length > limit && length - stalls_.credit(span) > limit;
  }

  bool never_recovered() {
    if (history_.silences.empty() || !history_.silences.back().at_the_end) return false;
    const auto& span = history_.silences.back().span;
    if (!exceeds(span, kNoticeable)) return false;
    set("never_recovered", span.from, std::nullopt);
    fate_.detail = fmt::format("no answer for the last {:.2f} s", in_seconds(span.length()));
    return true;
  }

  /// Until when a silence was one of waiting: its owner may be told that the connection is over.
  [[nodiscard]] RunInstant waited_until(const Silence& silence) const {
    for (const auto& loss : history_.losses)
      if (!loss.timed_out && silence.span.contains(loss.at)) return loss.at;
    return silence.span.until;
  }

  [[nodiscard]] const LostConnection* given_up(const Silence& silence) const {
    for (const auto& loss : history_.losses)
      if (loss.timed_out && silence.span.contains(loss.at)) return &loss;
    return nullptr;
  }

  bool hung() {
    Nanos longest{0};
    for (const auto& silence : history_.silences) {
      const auto* loss = given_up(silence);
      if (silence.span.length() <= longest) continue;
      if (loss == nullptr && !exceeds({silence.span.from, waited_until(silence)}, kHopeless))
        continue;
      longest = silence.span.length();
      set("hung", silence.span.from, history_.next_answer(silence.span.from));
      fate_.detail = fmt::format("no answer for {:.2f} s", in_seconds(silence.span.length()));
      if (loss != nullptr) fate_.detail += fmt::format(", given up ({})", loss->how);
    }
    return fate_.at.has_value();
  }

  bool reset() {
    if (history_.losses.empty()) return false;
    const auto& first = history_.losses.front();
    set("reset", first.at, history_.next_answer(first.at));
    fate_.detail = first.how;
    if (history_.losses.size() > 1)
      fate_.detail += fmt::format(", and {} more", history_.losses.size() - 1);
    if (fate_.until)
      fate_.detail +=
          fmt::format("; answers again {:.2f} s later", in_seconds(*fate_.until - first.at));
    return true;
  }

  void stalled() {
    Nanos longest{0};
    for (const auto& [span, at_the_end] : history_.silences) {
      if (span.length() <= longest || !exceeds(span, kNoticeable)) continue;
      longest = span.length();
      set("stalled", span.from, span.until);
      fate_.detail = fmt::format("no answer for {:.2f} s", in_seconds(span.length()));
    }
  }

  void set(const char* word, RunInstant at, std::optional<RunInstant> until) {
    fate_.fate = word;
    fate_.at = at;
    fate_.until = until;
  }

  const SessionHistory& history_;
  const StallLog& stalls_;
  Nanos own_;
  SessionFate fate_;
};

}  // namespace

Silence SessionHistory::longest_silence() const {
  const auto found = std::ranges::max_element(
      silences, {}, [](const Silence& silence) { return silence.span.length(); });
  return found == silences.end() ? Silence{} : *found;
}

std::optional<RunInstant> SessionHistory::next_answer(RunInstant at) const {
  for (const auto& silence : silences)
    if (!silence.at_the_end && silence.span.until > at) return silence.span.until;
  return std::nullopt;
}

SessionHistory read_history(const RunIndex& run, const SessionPlan& session) {
  return {.silences = silences_of(run.packets[session.down], run.timeline),
          .losses = lost_connections(run, session)};
}

SessionFate decide_fate(const SessionHistory& story, const SessionPlan& session,
                        const StallLog& stalls) {
  return Judge{story, session, stalls}.decide();
}

}  // namespace wandrill
