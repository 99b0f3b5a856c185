// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/phones.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "measure/voice/call_ends.hpp"

namespace wandrill {
namespace {

constexpr double kStampAccuracy = 1e-4;
constexpr std::uint32_t kSuccess = 200;
constexpr std::uint32_t kRedirection = 300;

/// A request of the phone's, from its first sending to its final response.
struct Request {
  std::string method;
  std::string call_id;
  std::uint32_t cseq = 0;
  bool in_dialog = false;
  RunTime sent;
  std::optional<RunTime> answered;
  bool succeeded = false;
  std::uint32_t status = 0;  ///< The final one.
  bool is_cut_off = false;   ///< Its connection was lost before an answer came.
};

bool is_to(const SipEvent& response, const Request& request) {
  return response.call_id == request.call_id && response.cseq == request.cseq &&
         response.method == request.method;
}

/// A REGISTER whose connection was lost is sent anew over the next one: what counts is when the
/// phone is registered again.
void follow_lost_registrations(std::vector<Request>& requests) {
  std::optional<RunTime> next_success;
  for (auto request = requests.rbegin(); request != requests.rend(); ++request) {
    if (request->method != "REGISTER") continue;
    if (request->succeeded) {
      next_success = request->answered;
    } else if (request->is_cut_off && next_success) {
      request->answered = next_success;
      request->succeeded = true;
    }
  }
}

std::vector<Request> requests_of(const RunIndex& run, const std::string& session) {
  std::vector<Request> requests;
  for (const auto& event : run.recording.events) {
    const auto* told = std::get_if<SessionEvent>(&event);
    if (told != nullptr && told->session == session && told->state == "connection_lost")
      for (auto& request : requests)
        request.is_cut_off = request.is_cut_off || !request.answered;
    const auto* sip = std::get_if<SipEvent>(&event);
    if (sip == nullptr || sip->session != session || sip->end != "client") continue;
    if (sip->sent && sip->status == 0 && sip->method != "ACK") {
      const bool is_again =
          std::ranges::any_of(requests, [&](const Request& known) { return is_to(*sip, known); });
      if (!is_again)
        requests.push_back({sip->method, sip->call_id, sip->cseq, sip->detail == "in dialog",
                            sip->at, std::nullopt, false, 0, false});
    } else if (!sip->sent && sip->status >= kSuccess) {
      const auto known = std::ranges::find_if(
          requests, [&](const Request& request) { return is_to(*sip, request); });
      if (known == requests.end() || known->answered) continue;
      known->answered = sip->at;
      known->succeeded = sip->status < kRedirection;
      known->status = sip->status;
    }
  }
  follow_lost_registrations(requests);
  std::erase_if(requests, [&](const Request& one) { return !run.timeline.contains(one.sent); });
  return requests;
}

/// What is sent this late in a run has an unknown fate.
Nanos patience(const RunIndex& run) {
  return std::chrono::seconds{2} + run.plan.sustained_for;
}

bool is_under_way(const RunIndex& run, const Request& request) {
  return !request.answered && run.timeline.until - request.sent < patience(run);
}

Measured seconds(std::string note) {
  return {.unit = MetricUnit::kSeconds, .accuracy = kStampAccuracy, .note = std::move(note)};
}

/// The longest time to success.
template <typename Wanted>
Measured longest_delay(const RunIndex& run, const std::vector<Request>& requests,
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
    const double delay = in_seconds(*request.answered - request.sent);
    if (longest.value && *longest.value >= delay) continue;
    longest.value = delay;
    longest.tester_share =
        std::min(delay, in_seconds(run.stalls.credit({request.sent, *request.answered})));
    longest.note.clear();
  }
  longest.untried = !longest.value;
  return longest;
}

bool is_call(const Request& request) {
  return request.method == "INVITE" && !request.in_dialog;
}

/// No success, by the network's fault or the server's (RFC 6076 4.2 and 4.8).
bool is_ineffective(const Request& request) {
  constexpr std::array<std::uint32_t, 4> kTheirs{408, 500, 503, 504};
  return !request.answered || std::ranges::find(kTheirs, request.status) != kTheirs.end();
}

Measured share_of(std::ptrdiff_t part, std::ptrdiff_t whole, const char* note) {
  if (whole == 0) return {.unit = MetricUnit::kPercent, .note = note, .untried = true};
  return {.value = 100.0 * static_cast<double>(part) / static_cast<double>(whole),
          .unit = MetricUnit::kPercent};
}

void measure_calls(const RunIndex& run, const SessionPlan& session,
                   const std::vector<Request>& requests, std::map<std::string, Measured>& metrics) {
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
  metrics[session.name + ".calls"] = {.value = static_cast<double>(tried)};
  metrics[session.name + ".calls_answered"] = share_of(answered, tried, kNone);
  metrics[session.name + ".calls_ineffective"] = share_of(ineffective, tried, kNone);
  metrics[session.name + ".calls_dropped"] = {.value = static_cast<double>(ends.dropped),
                                              .when = ends.first_drop};
  // Those that still stand have not ended yet.
  metrics[session.name + ".calls_completed"] =
      share_of(ends.ended, ends.ended + ends.dropped + tried - answered, "no call ended");
  metrics[session.name + ".shortest_call"] = shortest_call(session, ends);
}

Measured registrations_failed(const RunIndex& run, const std::vector<Request>& requests) {
  std::ptrdiff_t tried = 0;
  std::ptrdiff_t failed = 0;
  for (const auto& request : requests) {
    if (request.method != "REGISTER" || is_under_way(run, request)) continue;
    ++tried;
    if (is_ineffective(request)) ++failed;
  }
  return share_of(failed, tried, "no REGISTER was sent");
}

Measured longest_unreachable(const RunIndex& run, const SessionPlan& session) {
  auto longest = seconds("the phone never answered");
  longest.accuracy = in_seconds(session.sip->options_every);
  std::optional<RunTime> last;
  TimeSpan worst{};
  for (const auto& event : run.recording.events) {
    const auto* told = std::get_if<SessionEvent>(&event);
    if (told == nullptr || told->session != session.name || told->state != "reachable") continue;
    const RunTime from = std::max(last.value_or(run.timeline.from), run.timeline.from);
    if (told->at > from && told->at - from > worst.length()) worst = {from, told->at};
    last = told->at;
  }
  if (!last) return longest;
  longest.note.clear();
  // Until the next OPTIONS is due, and its answer, nobody knows.
  const Nanos tail = run.timeline.until - *last;
  if (tail > worst.length() && tail > session.sip->options_every + patience(run)) {
    worst = {*last, run.timeline.until};
    longest.note = "until the end of the run";
  }
  if (worst.length() == Nanos{0}) {
    longest.note = "the far end did not ask within the run";
    longest.untried = true;
    return longest;
  }
  longest.when = worst;
  longest.value = in_seconds(worst.length());
  longest.tester_share = std::min(*longest.value, in_seconds(run.stalls.credit(worst)));
  return longest;
}

/// Over TCP: how often the connection was lost, and how long until the phone was registered over
/// another.
void measure_connections(const RunIndex& run, const SessionPlan& session,
                         std::map<std::string, Measured>& metrics) {
  Measured lost{.note = "its signalling goes over UDP"};
  auto longest = seconds(lost.note);
  if (session.sip->over_tcp) {
    lost = {.value = 0.0};
    longest.value = 0.0;
    longest.note.clear();
  }
  std::optional<RunTime> since;
  for (const auto& event : run.recording.events) {
    const auto* told = std::get_if<SessionEvent>(&event);
    if (told == nullptr || told->session != session.name || !run.timeline.contains(told->at))
      continue;
    if (told->state == "connection_lost") {
      if (lost.value == 0.0) lost.note = told->detail;
      lost.value = lost.value.value_or(0.0) + 1.0;
      if (!since) since = told->at;
    }
    if (told->state != "registered" || !since) continue;
    const TimeSpan away{*std::exchange(since, std::nullopt), told->at};
    if (longest.value.value_or(0.0) >= in_seconds(away.length())) continue;
    longest.value = in_seconds(away.length());
    longest.tester_share = std::min(*longest.value, in_seconds(run.stalls.credit(away)));
  }
  if (since) {
    longest.value.reset();
    longest.note = "it was not registered again until the end of the run";
  }
  metrics[session.name + ".connections_lost"] = lost;
  metrics[session.name + ".longest_reconnect"] = longest;
}

/// Something of the phone's that left by a WAN.
struct Sighted {
  RunTime at;
  bool is_voice = false;
  std::string wan;
};

std::vector<Sighted> sightings(const RunIndex& run, const SessionPlan& session) {
  std::vector<Sighted> all;
  if (const auto* egress = run.egress_of(session.up))
    egress->sightings.visit([&](const Sighting& seen) {
      all.push_back({seen.at, true, run.wan_name(seen.wan)});
    });
  for (const auto& event : run.recording.events)
    if (const auto* sip = std::get_if<SipEvent>(&event))
      if (sip->session == session.name && sip->sent && sip->end != "client" && sip->end != "server")
        all.push_back({sip->at, false, sip->end});
  std::ranges::stable_sort(all, {}, &Sighted::at);
  return all;
}

/// Where signalling or voice was seen last, and since when without a break.
struct Way {
  std::string wan;
  RunTime since;
  RunTime last;

  void take(const Sighted& seen) {
    if (wan != seen.wan) since = seen.at;
    wan = seen.wan;
    last = seen.at;
  }
};

/// What has not been seen since the other moved may have moved as well: silence proves nothing.
Measured paths_apart(const RunIndex& run, const SessionPlan& session) {
  auto longest = seconds("");
  longest.value = 0.0;
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
    if (in_seconds(apart.length()) <= *longest.value) continue;
    longest.value = in_seconds(apart.length());
    longest.when = apart;
    longest.note = fmt::format("signalling by {}, voice by {}", signalling.wan, voice.wan);
  }
  return longest;
}

}  // namespace

void measure_phones(const RunIndex& run, std::map<std::string, Measured>& metrics) {
  for (const auto& session : run.plan.traffic.sessions) {
    if (!session.sip) continue;
    const auto requests = requests_of(run, session.name);
    const auto longest = [&](const char* what, auto&& is_wanted) {
      return longest_delay(run, requests, what, is_wanted);
    };
    metrics[session.name + ".registration_delay"] =
        longest("REGISTER", [](const Request& one) { return one.method == "REGISTER"; });
    metrics[session.name + ".call_setup_delay"] = longest("INVITE", is_call);
    metrics[session.name + ".disconnect_delay"] =
        longest("BYE", [](const Request& one) { return one.method == "BYE"; });
    measure_calls(run, session, requests, metrics);
    metrics[session.name + ".registrations_failed"] = registrations_failed(run, requests);
    metrics[session.name + ".longest_unreachable"] = longest_unreachable(run, session);
    measure_connections(run, session, metrics);
    metrics[session.name + ".paths_apart"] = paths_apart(run, session);
  }
}

}  // namespace wandrill
