// SPDX-License-Identifier: Apache-2.0
#include "verdict/sentence.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "verdict/failure_sentence.hpp"
#include "verdict/text.hpp"

namespace wandrill {
namespace {

/// The sessions that the sentence is about: people care for calls first.
struct HeadlineSession {
  TrafficKind kind = TrafficKind::kRtp;
  std::string group;
  std::size_t sessions = 0;
};

std::optional<HeadlineSession> headline_of(const TrafficPlan& traffic) {
  std::optional<HeadlineSession> lead;
  const auto rank = [](TrafficKind kind) {
    if (traits_of(kind).has_voice) return 0;
    return traits_of(kind).shape == FlowShape::kRequests ? 1 : 2;
  };
  for (const auto& session : traffic.sessions)
    if (session.must_flow() && (!lead || rank(session.kind) < rank(lead->kind)))
      lead = HeadlineSession{session.kind, session.group, 0};
  if (lead)
    lead->sessions = static_cast<std::size_t>(
        std::ranges::count(traffic.sessions, lead->group, &SessionPlan::group));
  return lead;
}

std::string name_of(const HeadlineSession& lead) {
  const auto shape = traits_of(lead.kind).shape;
  const bool is_voice = traits_of(lead.kind).has_voice;
  const auto noun = shape == FlowShape::kRequests ? " session" : is_voice ? "" : " traffic";
  if (lead.sessions > 1)
    return fmt::format("the worst of {} {} sessions", lead.sessions, lead.group);
  return fmt::format("the {}{}", lead.group, noun);
}

const char* dead_word(TrafficKind kind) {
  if (traits_of(kind).has_voice) return "silent";
  return traits_of(kind).shape == FlowShape::kRequests ? "frozen" : "cut off";
}

/// The longest loss period of the lead's flows that was still going on at or began after `from`,
/// and began before `until`.
const LossPeriod* longest_period(const Plan& plan, const Measurements& measurements,
                                 const HeadlineSession& lead, RunInstant from, RunInstant until) {
  const LossPeriod* longest = nullptr;
  for (const auto& flow : plan.traffic.flows) {
    if (plan.traffic.sessions[flow.session].group != lead.group) continue;
    const auto summary = std::ranges::find(measurements.flows, flow.name, &FlowSummary::name);
    if (summary == measurements.flows.end()) continue;
    for (const auto& period : summary->loss_periods)
      if (period.last_missing >= from && period.first_missing < until &&
          (longest == nullptr || period.gap > longest->gap))
        longest = &period;
  }
  return longest;
}

/// Until when losses are put down to `transition`: the next one, or the end.
RunInstant end_of(const Measurements& measurements, const Transition& transition) {
  const auto start = [](const Transition& one) {
    return one.requested ? one.requested : one.switched;
  };
  RunInstant end = RunInstant::max();
  for (const auto& other : measurements.transitions)
    if (start(other) && start(transition) && *start(other) > *start(transition))
      end = std::min(end, *start(other));
  return end;
}

struct WorstOutage {
  const Transition* transition = nullptr;
  const LossPeriod* period = nullptr;  ///< Nothing: it went unnoticed.
};

Nanos gap_of(const WorstOutage& outage) {
  return outage.period == nullptr ? Nanos{0} : outage.period->gap;
}

/// The failover that hurt most; a missed one before all others.
WorstOutage worst_outage(const Plan& plan, const Measurements& measurements,
                         const HeadlineSession& lead) {
  WorstOutage worst;
  for (const auto& transition : measurements.transitions) {
    if (transition.kind != Transition::Kind::kFailover) continue;
    const auto start = transition.requested ? transition.requested : transition.switched;
    if (!start) continue;
    const WorstOutage outage{&transition, longest_period(plan, measurements, lead, *start,
                                                         end_of(measurements, transition))};
    const bool first = worst.transition == nullptr;
    const bool graver = !first && outage.transition->missed && !worst.transition->missed;
    const bool lighter = !first && !outage.transition->missed && worst.transition->missed;
    if (first || graver || (!lighter && gap_of(outage) > gap_of(worst))) worst = outage;
  }
  return worst;
}

std::string other_wan(const Plan& plan, const std::string& wan) {
  for (const auto& other : plan.topology.wans)
    if (other.name != wan) return other.name;
  return "another WAN";
}

std::string missed_sentence(const Plan& plan, const HeadlineSession& lead,
                            const WorstOutage& outage) {
  const auto& transition = *outage.transition;
  const auto story = fault_story(plan, transition);
  const auto backup = other_wan(plan, transition.from_wan);
  if (outage.period == nullptr)
    return fmt::format("When {} the router never moved {} to {}.", story, name_of(lead), backup);
  return fmt::format("When {} {} went dead {} and never moved to {}.", story, name_of(lead),
                     outage.period->open ? "for good" : "for " + time_text(outage.period->gap),
                     backup);
}

/// The WAN that the router was on when the silence ended: its switch need not have ended it.
const std::string& wan_after(const Measurements& measurements, const WorstOutage& outage) {
  const Transition* last = outage.transition;
  for (const auto& other : measurements.transitions)
    if (other.switched && *other.switched <= outage.period->gap_start + outage.period->gap &&
        (!last->switched || *other.switched > *last->switched))
      last = &other;
  return last->to_wan;
}

std::string failover_sentence(const Plan& plan, const Measurements& measurements,
                              const HeadlineSession& lead, const WorstOutage& outage) {
  const auto& transition = *outage.transition;
  const auto story = transition.cause.empty()
                         ? "the router left " + transition.from_wan + " without a reason"
                         : fault_story(plan, transition);
  const auto name = capitalised(name_of(lead));
  if (outage.period == nullptr)
    return fmt::format("{} went on over {} without a break when {}.", name, transition.to_wan,
                       story);
  if (outage.period->open)
    return fmt::format("{} was {} for good when {}, although the router moved to {}.", name,
                       dead_word(lead.kind), story, transition.to_wan);
  const TimeSpan gap{outage.period->gap_start, outage.period->gap_start + outage.period->gap};
  const auto silence = fmt::format(
      "{} was {} for {} when {}", name, dead_word(lead.kind), time_text(outage.period->gap),
      measurements.is_mostly_without_wan(gap) ? "no WAN worked" : story);
  const auto& wan = wan_after(measurements, outage);
  if (wan == transition.to_wan) return fmt::format("{}, then went on over {}.", silence, wan);
  return fmt::format("{}; it did not come through over {}, and went on over {}.", silence,
                     transition.to_wan, wan);
}

}  // namespace

std::string sentence_of(const Plan& plan, const Measurements& measurements) {
  const auto lead = headline_of(plan.traffic);
  if (!lead) return "No traffic was placed through the router.";
  const auto outage = worst_outage(plan, measurements, *lead);
  if (outage.transition != nullptr && outage.transition->missed)
    return missed_sentence(plan, *lead, outage);
  if (outage.transition != nullptr) return failover_sentence(plan, measurements, *lead, outage);
  const auto* period =
      longest_period(plan, measurements, *lead, RunInstant::min(), RunInstant::max());
  const auto name = capitalised(name_of(*lead));
  if (period == nullptr) return name + " went on without a break.";
  return fmt::format("{} was {} for up to {}, and the router stayed where it was.", name,
                     dead_word(lead->kind), time_text(period->gap));
}

std::string sentence_of(const Plan& plan, const Measurements& measurements,
                        const std::vector<JudgedExpectation>& expectations) {
  const auto lead = headline_of(plan.traffic);
  auto failure =
      sentence_of_failure(plan, measurements, expectations, lead ? lead->group : std::string{});
  return failure ? std::move(*failure) : sentence_of(plan, measurements);
}

}  // namespace wandrill
