// SPDX-License-Identifier: Apache-2.0
#include "measure/phones.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

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
};

bool is_to(const SipEvent& response, const Request& request) {
  return response.call_id == request.call_id && response.cseq == request.cseq &&
         response.method == request.method;
}

std::vector<Request> requests_of(const RunIndex& run, const std::string& session) {
  std::vector<Request> requests;
  for (const auto& event : run.recording.events) {
    const auto* sip = std::get_if<SipEvent>(&event);
    if (sip == nullptr || sip->session != session || sip->end != "client") continue;
    if (sip->sent && sip->status == 0 && sip->method != "ACK") {
      const bool is_again =
          std::ranges::any_of(requests, [&](const Request& known) { return is_to(*sip, known); });
      if (!is_again)
        requests.push_back({sip->method, sip->call_id, sip->cseq, sip->detail == "in dialog",
                            sip->at, std::nullopt, false});
    } else if (!sip->sent && sip->status >= kSuccess) {
      const auto known = std::ranges::find_if(
          requests, [&](const Request& request) { return is_to(*sip, request); });
      if (known == requests.end() || known->answered) continue;
      known->answered = sip->at;
      known->succeeded = sip->status < kRedirection;
    }
  }
  std::erase_if(requests, [&](const Request& one) { return !run.timeline.contains(one.sent); });
  return requests;
}

Measured seconds(std::string note) {
  return {.unit = MetricUnit::kSeconds, .accuracy = kStampAccuracy, .note = std::move(note)};
}

/// The longest time to success. A request that was under way when everything ended is none that
/// failed.
template <typename Wanted>
Measured longest_delay(const RunIndex& run, const std::vector<Request>& requests,
                       const std::string& what, Wanted&& is_wanted) {
  constexpr Nanos kUnderWay = std::chrono::seconds{2};
  auto longest = seconds(fmt::format("no {} was sent", what));
  for (const auto& request : requests) {
    if (!is_wanted(request)) continue;
    if (!request.succeeded) {
      if (run.timeline.until - request.sent < kUnderWay + run.plan.sustained_for) continue;
      return seconds(
          fmt::format("the {} of {:.1f} s was never answered with success", what,
                      std::chrono::duration<double>(request.sent.time_since_epoch()).count()));
    }
    const double delay = in_seconds(*request.answered - request.sent);
    if (longest.value && *longest.value >= delay) continue;
    longest.value = delay;
    longest.tester_share =
        std::min(delay, in_seconds(run.stalls.credit({request.sent, *request.answered})));
    longest.note.clear();
  }
  return longest;
}

bool is_call(const Request& request) {
  return request.method == "INVITE" && !request.in_dialog;
}

void measure_calls(const RunIndex& run, const SessionPlan& session,
                   const std::vector<Request>& requests, std::map<std::string, Measured>& metrics) {
  const auto tried = std::ranges::count_if(requests, is_call);
  const auto answered = std::ranges::count_if(
      requests, [](const Request& one) { return is_call(one) && one.succeeded; });
  double dropped = 0;
  for (const auto& event : run.recording.events)
    if (const auto* told = std::get_if<SessionEvent>(&event))
      if (told->session == session.name && told->state == "dropped" &&
          run.timeline.contains(told->at))
        ++dropped;
  metrics[session.name + ".calls"] = {.value = static_cast<double>(tried)};
  Measured share{.unit = MetricUnit::kPercent, .note = "no call was placed"};
  if (tried > 0) {
    share.value = 100.0 * static_cast<double>(answered) / static_cast<double>(tried);
    share.note.clear();
  }
  metrics[session.name + ".calls_answered"] = share;
  metrics[session.name + ".calls_dropped"] = {.value = dropped};
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
  if (run.timeline.until - *last > worst.length()) {
    worst = {*last, run.timeline.until};
    longest.note = "until the end of the run";
  } else {
    longest.note.clear();
  }
  longest.value = in_seconds(worst.length());
  longest.tester_share = std::min(*longest.value, in_seconds(run.stalls.credit(worst)));
  return longest;
}

/// Something of the phone's that left by a WAN.
struct Sighted {
  RunTime at;
  bool is_voice = false;
  std::string wan;
};

std::vector<Sighted> sightings(const RunIndex& run, const SessionPlan& session) {
  std::vector<Sighted> all;
  for (const auto& egress : run.egress)
    if (egress.flow == session.up)
      egress.sightings.visit([&](const Sighting& seen) {
        all.push_back({seen.at, true, run.wan_name(seen.wan)});
      });
  for (const auto& event : run.recording.events)
    if (const auto* sip = std::get_if<SipEvent>(&event))
      if (sip->session == session.name && sip->sent && sip->end != "client" && sip->end != "server")
        all.push_back({sip->at, false, sip->end});
  std::ranges::stable_sort(all, {}, &Sighted::at);
  return all;
}

Measured paths_apart(const RunIndex& run, const SessionPlan& session) {
  auto longest = seconds("");
  longest.value = 0.0;
  std::string voice;
  std::string signalling;
  std::optional<RunTime> apart;
  for (const auto& seen : sightings(run, session)) {
    (seen.is_voice ? voice : signalling) = seen.wan;
    const bool differ = !voice.empty() && !signalling.empty() && voice != signalling;
    if (!differ) {
      apart.reset();
      continue;
    }
    if (!apart) apart = seen.at;
    const double length = in_seconds(seen.at - *apart);
    if (run.timeline.contains(seen.at) && length > *longest.value) {
      longest.value = length;
      longest.note = fmt::format("signalling by {}, voice by {}", signalling, voice);
    }
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
    metrics[session.name + ".longest_unreachable"] = longest_unreachable(run, session);
    metrics[session.name + ".paths_apart"] = paths_apart(run, session);
  }
}

}  // namespace wandrill
