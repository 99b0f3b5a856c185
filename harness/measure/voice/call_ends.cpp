// SPDX-License-Identifier: Apache-2.0
#include "measure/voice/call_ends.hpp"

#include <algorithm>
#include <utility>

namespace wandrill {
namespace {

constexpr Seconds kStampAccuracy{1e-4};

/// The phone ends a call of its own will when it has talked enough, or when the run is over.
bool is_cut(const SessionPlan& session, Nanos length) {
  return session.of<SipPlan>()->talk == Nanos{0} || length < session.of<SipPlan>()->talk;
}

}  // namespace

CallEnds ends_of_calls(const RunIndex& run, const SessionPlan& session) {
  CallEnds ends;
  std::optional<RunInstant> since;
  for (const auto* told : run.events_of<SessionEvent>(session)) {
    if (told->state == "connected") since = told->at;
    if (told->state != "ended" && told->state != "dropped") continue;
    const auto began = std::exchange(since, std::nullopt);
    if (!run.timeline.contains(told->at)) continue;
    const bool has_ended = told->state == "ended";
    ++(has_ended ? ends.ended : ends.dropped);
    if (!has_ended && !ends.first_drop) ends.first_drop = {told->at, told->at};
    if (!began) continue;
    const Nanos length = told->at - *began;
    if (has_ended && is_cut(session, length))
      ends.cut = length;
    else
      ends.lengths.push_back({length, told->detail});
  }
  return ends;
}

Reading<Seconds> shortest_call(const SessionPlan& session, const CallEnds& ends) {
  Reading<Seconds> shortest{.accuracy = kStampAccuracy, .note = "no call ended"};
  const auto least = std::ranges::min_element(ends.lengths, {}, &CallEnds::Length::length);
  if (least != ends.lengths.end()) {
    shortest.value = least->length;
    shortest.note = least->why;
  } else if (ends.cut && session.of<SipPlan>()->talk == Nanos{0}) {
    shortest.value = *ends.cut;
    shortest.note = "it stood until the end of the run";
  } else if (ends.cut) {
    shortest.note = "the only call stood until the end of the run";
    shortest.untried = true;
  }
  return shortest;
}

}  // namespace wandrill
