// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip_pbx.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/units.hpp"

namespace wandrill {
namespace {

using Kind = SipAct::Kind;

constexpr const char* kTag = "pbx";
/// Asterisk calls a phone unreachable that does not answer within 2 s; then it asks again.
constexpr Nanos kOptionsPatience = std::chrono::seconds{2};

}  // namespace

SipPbx::SipPbx(const SipPlan& plan, SipEndpoint own, SipEndpoint phone, std::string id)
    : plan_{plan}, own_{std::move(own)}, peer_{std::move(phone)}, id_{std::move(id)} {}

SipRequestSpec SipPbx::new_request(const std::string& method) {
  ++cseq_;
  return {.method = method,
          .cseq = cseq_,
          .branch = fmt::format("z9hG4bK{}x{}", id_, cseq_),
          .call_id = fmt::format("options-{}-{}", id_, cseq_),
          .from_tag = kTag};
}

SipActs SipPbx::tick(RunTime now, std::optional<RunTime> last_voice) {
  SipActs acts;
  for (auto* slot : {&options_, &bye_})
    if (*slot && (*slot)->is_due(now)) acts.push_back({Kind::kSend, (*slot)->text()});
  if (bye_ && bye_->has_failed(now)) bye_.reset();
  if (options_ && now - options_->started() > kOptionsPatience) {
    options_.reset();
    acts.push_back({Kind::kTell, "unreachable", "the phone did not answer OPTIONS"});
  }
  if (phone_ && !options_ && (!next_options_ || now >= *next_options_)) {
    next_options_ = now + plan_.options_every;
    const auto spec = new_request("OPTIONS");
    options_.emplace(spec.method, spec.branch, sip_request(spec, own_, peer_), now);
    acts.push_back({Kind::kSend, options_->text()});
  }
  const RunTime heard = std::max(talking_since_, last_voice.value_or(talking_since_));
  if (!call_id_.empty() && now - heard >= plan_.rtp_timeout) {
    auto spec = new_request("BYE");
    spec.call_id = call_id_;
    spec.to_tag = from_tag_;
    bye_.emplace(spec.method, spec.branch, sip_request(spec, own_, peer_), now);
    acts.push_back({Kind::kSend, bye_->text()});
    acts.push_back({Kind::kStopMedia});
    acts.push_back(
        {Kind::kTell, "timed_out",
         fmt::format("the far end heard no voice for {}", to_string(plan_.rtp_timeout))});
    call_id_.clear();
  }
  return acts;
}

SipActs SipPbx::take(std::string_view text, const SocketAddress& source, RunTime now) {
  SipActs acts;
  const auto message = parse_sip(text);
  if (!message) {
    ++nonsense_;
    return acts;
  }
  if (!message->is_request()) {
    take_response(*message, acts);
    return acts;
  }
  phone_ = source;
  if (message->branch == last_branch_ && message->method != "ACK")
    acts.push_back({Kind::kSend, last_answer_});  // it asks again: the answer was lost
  else
    take_request(*message, source, now, acts);
  return acts;
}

void SipPbx::answer(const SipMessage& message, int status, SipActs& acts) {
  const bool has_offer = message.method == "INVITE" && status == 200;
  last_branch_ = message.branch;
  last_answer_ = sip_response(message, status, kTag, has_offer ? &own_ : nullptr);
  acts.push_back({Kind::kSend, last_answer_});
}

void SipPbx::take_request(const SipMessage& message, const SocketAddress& source, RunTime now,
                          SipActs& acts) {
  if (message.method == "REGISTER" || message.method == "OPTIONS")
    return answer(message, 200, acts);
  if (message.method == "INVITE") return take_invite(message, source, now, acts);
  if (message.method != "BYE") return;
  const bool is_known = message.call_id == call_id_;
  answer(message, is_known ? 200 : 481, acts);
  if (!is_known) return;
  call_id_.clear();
  acts.push_back({Kind::kStopMedia});
}

void SipPbx::take_invite(const SipMessage& message, const SocketAddress& source, RunTime now,
                         SipActs& acts) {
  const bool is_again = message.call_id == call_id_;
  signalled_ = source;
  if (!is_again) {
    call_id_ = message.call_id;
    const auto tag = message.from.find(";tag=");
    from_tag_ = tag == std::string::npos ? "" : message.from.substr(tag + 5);
    talking_since_ = now;
  }
  answer(message, 200, acts);
  acts.push_back({is_again ? Kind::kMoveMedia : Kind::kStartMedia, "", ""});
}

void SipPbx::take_response(const SipMessage& message, SipActs& acts) {
  if (options_ && message.branch == options_->branch() && message.status >= 200) {
    options_.reset();
    acts.push_back({Kind::kTell, "reachable", ""});
  }
  if (bye_ && message.branch == bye_->branch() && message.status >= 200) bye_.reset();
}

}  // namespace wandrill
