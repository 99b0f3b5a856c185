// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/phones.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "measure/kinds/phone_requests.hpp"
#include "measure/voice/call_ends.hpp"
#include "plan/kinds/sip_metrics.hpp"

namespace wandrill {
namespace {

constexpr Seconds kStampAccuracy{1e-4};
Reading<Seconds> seconds(std::string note) {
  return {.accuracy = kStampAccuracy, .note = std::move(note)};
}

/// The longest time to success.
template <typename Wanted>
Reading<Seconds> longest_delay(const RunIndex& run, const std::vector<PhoneRequest>& requests,
                               const std::string& what, Wanted&& is_wanted) {
  auto longest = seconds(fmt::format("no {} was sent", what));
  for (const auto& request : requests) {
    if (!is_wanted(request)) continue;
    if (!request.succeeded) {
      if (is_under_way(run, request)) continue;
      // Waiting for ever is longer than all.
      return seconds(fmt::format("the {} of {:.1f} s was never answered with success", what,
                                 in_seconds(request.sent)));
    }
    const Seconds delay = *request.answered - request.sent;
    if (longest.value && *longest.value >= delay) continue;
    longest.value = delay;
    longest.tester_share =
        std::min<Seconds>(delay, run.stalls.credit({request.sent, *request.answered}));
    longest.note.clear();
  }
  longest.untried = !longest.value;
  return longest;
}

bool is_call(const PhoneRequest& request) {
  return request.method == "INVITE" && !request.in_dialog;
}

Reading<Share> share_of(std::ptrdiff_t part, std::ptrdiff_t whole, const char* note) {
  if (whole == 0) return {.note = note, .untried = true};
  return {.value = Share{100.0 * static_cast<double>(part) / static_cast<double>(whole)}};
}

void measure_calls(const RunIndex& run, const SessionPlan& session,
                   const std::vector<PhoneRequest>& requests, MetricSink& sink) {
  using namespace metrics::sip;
  std::ptrdiff_t tried = 0;
  std::ptrdiff_t answered = 0;
  std::ptrdiff_t ineffective = 0;
  for (const auto& request : requests) {
    if (!is_call(request) || is_under_way(run, request)) continue;
    ++tried;
    if (request.succeeded) ++answered;
    if (is_ineffective(request)) ++ineffective;
  }
  const auto ends = ends_of_calls(run, session);
  constexpr const char* kNone = "no call was placed";
  const auto of = of_session(session);
  sink.set(of, kCalls, counted(tried));
  sink.set(of, kCallsAnswered, share_of(answered, tried, kNone));
  sink.set(of, kCallsIneffective, share_of(ineffective, tried, kNone));
  auto dropped = counted(ends.dropped);
  dropped.when = ends.first_drop;
  sink.set(of, kCallsDropped, dropped);
  // Those that still stand have not ended yet.
  sink.set(of, kCallsCompleted,
           share_of(ends.ended, ends.ended + ends.dropped + tried - answered, "no call ended"));
  sink.set(of, kShortestCall, shortest_call(session, ends));
}

Reading<Share> registrations_failed(const RunIndex& run,
                                    const std::vector<PhoneRequest>& requests) {
  std::ptrdiff_t tried = 0;
  std::ptrdiff_t failed = 0;
  for (const auto& request : requests) {
    if (request.method != "REGISTER" || is_under_way(run, request)) continue;
    ++tried;
    if (is_ineffective(request)) ++failed;
  }
  return share_of(failed, tried, "no REGISTER was sent");
}

Reading<Seconds> longest_unreachable(const RunIndex& run, const SessionPlan& session) {
  auto longest = seconds("the phone never answered");
  longest.accuracy = session.of<SipPlan>()->options_every;
  std::optional<RunInstant> last;
  TimeSpan worst{};
  for (const auto* told : run.events_of<SessionEvent>(session)) {
    if (told->state != "reachable") continue;
    const RunInstant from = std::max(last.value_or(run.timeline.from), run.timeline.from);
    if (told->at > from && told->at - from > worst.length()) worst = {from, told->at};
    last = told->at;
  }
  if (!last) return longest;
  longest.note.clear();
  // Until the next OPTIONS is due, and its answer, nobody knows.
  const Nanos tail = run.timeline.until - *last;
  if (tail > worst.length() && tail > session.of<SipPlan>()->options_every + patience(run)) {
    worst = {*last, run.timeline.until};
    longest.note = "until the end of the run";
  }
  if (worst.length() == Nanos{0}) {
    longest.note = "the far end did not ask within the run";
    longest.untried = true;
    return longest;
  }
  longest.when = worst;
  longest.value = worst.length();
  longest.tester_share = std::min<Seconds>(*longest.value, run.stalls.credit(worst));
  return longest;
}

/// Over TCP: how often the connection was lost, and how long until the phone was registered over
/// another.
void measure_connections(const RunIndex& run, const SessionPlan& session, MetricSink& sink) {
  Reading<Count> lost{.note = "its signalling goes over UDP"};
  auto longest = seconds(lost.note);
  if (session.of<SipPlan>()->over_tcp) {
    lost = counted(0);
    longest.value = Seconds{0};
    longest.note.clear();
  }
  std::optional<RunInstant> since;
  for (const auto* told : run.events_of<SessionEvent>(session)) {
    if (!run.timeline.contains(told->at)) continue;
    if (told->state == "connection_lost") {
      if (lost.value == Count{0}) lost.note = told->detail;
      lost.value = lost.value.value_or(Count{}) + Count{1};
      if (!since) since = told->at;
    }
    if (told->state != "registered" || !since) continue;
    const TimeSpan away{*std::exchange(since, std::nullopt), told->at};
    if (longest.value.value_or(Seconds{0}) >= away.length()) continue;
    longest.value = away.length();
    longest.tester_share = std::min<Seconds>(*longest.value, run.stalls.credit(away));
  }
  if (since) {
    longest.value.reset();
    longest.note = "it was not registered again until the end of the run";
  }
  sink.set(of_session(session), metrics::sip::kConnectionsLost, lost);
  sink.set(of_session(session), metrics::sip::kLongestReconnect, longest);
}

/// Something of the phone's that left by a WAN.
struct Sighted {
  RunInstant at;
  bool is_voice = false;
  std::string wan;
};

std::vector<Sighted> sightings(const RunIndex& run, const SessionPlan& session) {
  std::vector<Sighted> all;
  if (const auto* egress = run.egress_of(session.up))
    egress->sightings.visit([&](const TapObservation& seen) {
      all.push_back({seen.at, true, run.wan_name(seen.wan)});
    });
  for (const auto* sip : run.events_of<SipEvent>(session))
    if (sip->sent && sip->end != "client" && sip->end != "server")
      all.push_back({sip->at, false, sip->end});
  std::ranges::stable_sort(all, {}, &Sighted::at);
  return all;
}

/// Where signalling or voice was seen last, and since when without a break.
struct Way {
  std::string wan;
  RunInstant since;
  RunInstant last;

  void take(const Sighted& seen) {
    if (wan != seen.wan) since = seen.at;
    wan = seen.wan;
    last = seen.at;
  }
};

/// What has not been seen since the other moved may have moved as well: silence proves nothing.
Reading<Seconds> paths_apart(const RunIndex& run, const SessionPlan& session) {
  auto longest = seconds("");
  longest.value = Seconds{0};
  Way voice;
  Way signalling;
  for (const auto& seen : sightings(run, session)) {
    (seen.is_voice ? voice : signalling).take(seen);
    if (voice.wan.empty() || signalling.wan.empty() || voice.wan == signalling.wan) continue;
    const bool has_voice_moved = voice.since > signalling.since;
    const auto& moved = has_voice_moved ? voice : signalling;
    const auto& stayed = has_voice_moved ? signalling : voice;
    const TimeSpan apart{std::max(moved.since, run.timeline.from),
                         std::min(stayed.last, run.timeline.until)};
    if (apart.length() <= *longest.value) continue;
    longest.value = apart.length();
    longest.when = apart;
    longest.note = fmt::format("signalling by {}, voice by {}", signalling.wan, voice.wan);
  }
  return longest;
}

}  // namespace

void measure_phones(const RunIndex& run, MetricSink& sink) {
  using namespace metrics::sip;
  for (const auto& session : run.plan.traffic.sessions) {
    if (!session.of<SipPlan>()) continue;
    const auto requests = requests_of(run, session);
    const auto longest = [&](const char* what, auto&& is_wanted) {
      return longest_delay(run, requests, what, is_wanted);
    };
    const auto of = of_session(session);
    sink.set(of, kRegistrationDelay,
             longest("REGISTER", [](const auto& one) { return one.method == "REGISTER"; }));
    sink.set(of, kCallSetupDelay, longest("INVITE", is_call));
    sink.set(of, kDisconnectDelay,
             longest("BYE", [](const auto& one) { return one.method == "BYE"; }));
    measure_calls(run, session, requests, sink);
    sink.set(of, kRegistrationsFailed, registrations_failed(run, requests));
    sink.set(of, kLongestUnreachable, longest_unreachable(run, session));
    measure_connections(run, session, sink);
    sink.set(of, kPathsApart, paths_apart(run, session));
  }
}

}  // namespace wandrill
