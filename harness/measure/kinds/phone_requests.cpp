// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/phone_requests.hpp"

#include <algorithm>
#include <array>

namespace wandrill {
namespace {

constexpr std::uint32_t kSuccess = 200;
constexpr std::uint32_t kRedirection = 300;

bool is_to(const SipEvent& response, const PhoneRequest& request) {
  return response.call_id == request.call_id && response.cseq == request.cseq &&
         response.method == request.method;
}

/// A REGISTER whose connection was lost is sent anew over the next one: what counts is when the
/// phone is registered again.
void follow_lost_registrations(std::vector<PhoneRequest>& requests) {
  std::optional<RunInstant> next_success;
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

}  // namespace

std::vector<PhoneRequest> requests_of(const RunIndex& run, const SessionPlan& session) {
  std::vector<PhoneRequest> requests;
  for (const auto* event : run.events.of_session(session.name)) {
    const auto* told = std::get_if<SessionEvent>(event);
    if (told != nullptr && told->state == "connection_lost")
      for (auto& request : requests)
        request.is_cut_off = request.is_cut_off || !request.answered;
    const auto* sip = std::get_if<SipEvent>(event);
    if (sip == nullptr || sip->end != "client") continue;
    if (sip->sent && sip->status == 0 && sip->method != "ACK") {
      const bool is_again = std::ranges::any_of(
          requests, [&](const PhoneRequest& known) { return is_to(*sip, known); });
      if (!is_again)
        requests.push_back({sip->method, sip->call_id, sip->cseq, sip->detail == "in dialog",
                            sip->at, std::nullopt, false, 0, false});
    } else if (!sip->sent && sip->status >= kSuccess) {
      const auto known = std::ranges::find_if(
          requests, [&](const PhoneRequest& request) { return is_to(*sip, request); });
      if (known == requests.end() || known->answered) continue;
      known->answered = sip->at;
      known->succeeded = sip->status < kRedirection;
      known->status = sip->status;
    }
  }
  follow_lost_registrations(requests);
  std::erase_if(requests,
                [&](const PhoneRequest& one) { return !run.timeline.contains(one.sent); });
  return requests;
}

Nanos patience(const RunIndex& run) {
  return std::chrono::seconds{2} + run.plan.sustained_for;
}

bool is_under_way(const RunIndex& run, const PhoneRequest& request) {
  return !request.answered && run.timeline.until - request.sent < patience(run);
}

bool is_ineffective(const PhoneRequest& request) {
  constexpr std::array<std::uint32_t, 4> kTheirs{408, 500, 503, 504};
  return !request.answered || std::ranges::find(kTheirs, request.status) != kTheirs.end();
}

}  // namespace wandrill
