// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip_phone.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/units.hpp"

namespace wandrill {
namespace {

using Kind = SipAct::Kind;

/// A phone notices silence and asks for the voice anew, where its far end wants that.
constexpr Nanos kReinviteAfter = std::chrono::seconds{1};

}  // namespace

SipPhone::SipPhone(const SipPlan& plan, SipEndpoint own, SipEndpoint pbx, std::string id)
    : plan_{plan}, own_{std::move(own)}, pbx_{std::move(pbx)}, id_{std::move(id)} {}

std::string SipPhone::next_branch() {
  return fmt::format("z9hG4bK{}p{}", id_, ++branches_);
}

SipRequestSpec SipPhone::in_dialog(const std::string& method) {
  return {.method = method,
          .cseq = ++cseq_,
          .branch = next_branch(),
          .call_id = fmt::format("call-{}-{}", id_, call_number_),
          .from_tag = fmt::format("p{}", call_number_),
          .to_tag = to_tag_};
}

void SipPhone::request(std::optional<SipTransaction>& slot, const SipRequestSpec& spec, RunTime now,
                       SipActs& acts) {
  slot.emplace(spec.method, spec.branch, sip_request(spec, own_, pbx_), now);
  acts.push_back({Kind::kSend, slot->text()});
}

void SipPhone::repeat(std::optional<SipTransaction>& slot, RunTime now, SipActs& acts) {
  if (slot && slot->is_due(now)) acts.push_back({Kind::kSend, slot->text()});
}

SipActs SipPhone::tick(RunTime now, std::optional<RunTime> last_voice) {
  SipActs acts;
  repeat(registration_, now, acts);
  repeat(call_, now, acts);
  if (registration_ && registration_->has_failed(now)) {
    registration_.reset();
    acts.push_back({Kind::kTell, "unregistered", "no answer to REGISTER"});
  }
  if (!registration_ && (!next_registration_ || now >= *next_registration_)) {
    next_registration_ = now + plan_.register_every;
    request(registration_,
            {.method = "REGISTER",
             .cseq = ++registration_cseq_,
             .branch = next_branch(),
             .call_id = fmt::format("registration-{}", id_),
             .from_tag = "r1",
             .more_headers = "Expires: 3600\r\n"},
            now, acts);
  }
  if (call_ && call_->has_failed(now)) fail_call(now, "no answer to " + call_->method(), acts);
  if (state_ == State::kIdle && !is_over_ && next_call_ && now >= *next_call_) {
    ++call_number_;
    cseq_ = 0;
    to_tag_.clear();
    state_ = State::kCalling;
    auto invite = in_dialog("INVITE");
    invite.has_offer = true;
    request(call_, invite, now, acts);
  }
  if (state_ != State::kTalking) return acts;
  const RunTime heard = std::max(talking_since_, last_voice.value_or(talking_since_));
  if (plan_.talk > Nanos{0} && now - talking_since_ >= plan_.talk) {
    end_call(now, "", acts);
  } else if (now - heard >= plan_.rtp_timeout) {
    end_call(now, fmt::format("no voice for {}", to_string(plan_.rtp_timeout)), acts);
  } else {
    const bool wants_anew = plan_.peer == MediaPeer::kReinvite && now - heard >= kReinviteAfter &&
                            now - refreshed_ >= kReinviteAfter;
    if (!call_ && (wants_anew || now - refreshed_ >= plan_.refresh_every)) {
      refreshing_ = true;
      refreshed_ = now;
      auto invite = in_dialog("INVITE");
      invite.has_offer = true;
      request(call_, invite, now, acts);
    }
  }
  return acts;
}

SipActs SipPhone::take(std::string_view text, RunTime now) {
  SipActs acts;
  const auto message = parse_sip(text);
  if (!message) {
    ++nonsense_;
    return acts;
  }
  if (message->is_request())
    take_request(*message, now, acts);
  else
    take_response(*message, now, acts);
  return acts;
}

void SipPhone::take_request(const SipMessage& message, RunTime now, SipActs& acts) {
  if (message.method == "OPTIONS") {
    acts.push_back({Kind::kSend, sip_response(message, 200, "phone")});
    return;
  }
  if (message.method != "BYE") return;
  const bool is_ours = message.call_id == fmt::format("call-{}-{}", id_, call_number_);
  acts.push_back({Kind::kSend, sip_response(message, is_ours ? 200 : 481, "phone")});
  if (is_ours && state_ == State::kTalking) fail_call(now, "the far end hung up", acts);
}

void SipPhone::take_response(const SipMessage& message, RunTime now, SipActs& acts) {
  if (registration_ && message.branch == registration_->branch()) {
    if (message.status < 200) return;
    registration_.reset();
    const bool is_registered = message.status < 300;
    acts.push_back({Kind::kTell, is_registered ? "registered" : "unregistered",
                    is_registered ? "" : fmt::format("REGISTER: {}", message.status)});
    // The first call waits for the first registration.
    if (is_registered && !next_call_) next_call_ = now;
    return;
  }
  const bool is_call = call_ && message.branch == call_->branch();
  if (!is_call) {
    // The answer to an INVITE comes again until it is acknowledged.
    if (message.method == "INVITE" && message.status >= 200 && state_ == State::kTalking)
      acknowledge(message, acts);
    return;
  }
  if (message.status < 200) return call_->proceed();
  if (message.method == "INVITE") return answered(message, now, acts);
  call_.reset();  // the BYE is through
  state_ = State::kIdle;
  next_call_ = now + plan_.pause;
}

void SipPhone::answered(const SipMessage& message, RunTime now, SipActs& acts) {
  acknowledge(message, acts);
  call_.reset();
  const bool was_refreshing = std::exchange(refreshing_, false);
  if (message.status >= 300) {
    if (!was_refreshing) return fail_call(now, fmt::format("INVITE: {}", message.status), acts);
    return end_call(now, fmt::format("re-INVITE: {}", message.status), acts);
  }
  if (was_refreshing) return;
  to_tag_ = message.to_tag;
  state_ = State::kTalking;
  talking_since_ = refreshed_ = now;
  acts.push_back({Kind::kTell, "connected", ""});
  acts.push_back({Kind::kStartMedia});
}

void SipPhone::acknowledge(const SipMessage& message, SipActs& acts) {
  auto ack = in_dialog("ACK");
  --cseq_;
  ack.cseq = message.cseq;
  ack.to_tag = message.to_tag;
  // RFC 3261 17.1.1.3: of a failed INVITE it belongs to the same transaction.
  if (message.status >= 300) ack.branch = message.branch;
  acts.push_back({Kind::kSend, sip_request(ack, own_, pbx_)});
}

void SipPhone::end_call(RunTime now, const std::string& why, SipActs& acts) {
  acts.push_back({Kind::kStopMedia});
  acts.push_back({Kind::kTell, why.empty() ? "ended" : "dropped", why});
  refreshing_ = false;
  state_ = State::kEnding;
  request(call_, in_dialog("BYE"), now, acts);
}

void SipPhone::fail_call(RunTime now, const std::string& why, SipActs& acts) {
  if (state_ == State::kTalking) {
    acts.push_back({Kind::kStopMedia});
    acts.push_back({Kind::kTell, "dropped", why});
  } else if (state_ == State::kCalling) {
    acts.push_back({Kind::kTell, "failed", why});
  }
  call_.reset();
  refreshing_ = false;
  state_ = State::kIdle;
  next_call_ = now + plan_.pause;
}

SipActs SipPhone::hang_up(RunTime now) {
  SipActs acts;
  is_over_ = true;
  if (state_ == State::kTalking) end_call(now, "", acts);
  return acts;
}

}  // namespace wandrill
