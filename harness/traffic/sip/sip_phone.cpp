// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_phone.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/units.hpp"

namespace wandrill {
namespace {

using Kind = SipAction::Kind;

/// A phone notices silence and asks for the voice anew, where its far end wants that.
constexpr Nanos kReinviteAfter = std::chrono::seconds{1};
/// RFC 4028 5: no shorter session may be asked for by Min-SE. Drills have shorter ones.
constexpr std::chrono::seconds kLeastSession{90};

}  // namespace

SipPhone::SipPhone(const SipPlan& plan, SipEndpoint own, SipEndpoint pbx, std::string id)
    : plan_{plan},
      own_{std::move(own)},
      pbx_{std::move(pbx)},
      id_{std::move(id)},
      is_linked_{!plan.over_tcp} {}

std::string SipPhone::next_branch() {
  return fmt::format("z9hG4bK{}p{}", id_, ++branches_);
}

std::string SipPhone::call_id() const {
  return fmt::format("call-{}-{}", id_, call_number_);
}

SipRequestSpec SipPhone::in_dialog(const std::string& method) {
  return {.method = method,
          .cseq = ++cseq_,
          .branch = next_branch(),
          .call_id = call_id(),
          .from_tag = fmt::format("p{}", call_number_),
          .to_tag = to_tag_};
}

void SipPhone::request(std::optional<SipTransaction>& slot, const SipRequestSpec& spec,
                       RunInstant now, SipActions& acts) {
  slot.emplace(spec.method, spec.branch, sip_request(spec, own_, pbx_), now, plan_.over_tcp);
  acts.push_back({Kind::kSend, slot->text()});
}

void SipPhone::repeat(std::optional<SipTransaction>& slot, RunInstant now, SipActions& acts) {
  if (slot && slot->is_due(now)) acts.push_back({Kind::kSend, slot->text()});
}

SipActions SipPhone::tick(RunInstant now, std::optional<RunInstant> last_voice) {
  SipActions acts;
  for (auto* slot : {&registration_, &call_, &late_bye_})
    repeat(*slot, now, acts);
  if (late_bye_ && late_bye_->has_failed(now)) late_bye_.reset();
  register_again(now, acts);
  if (call_ && call_->has_failed(now)) {
    const auto why = "no answer to " + call_->method();
    if (state_ == State::kTalking)
      end_call(now, why, acts);  // RFC 4028 10: whoever cannot refresh hangs up
    else
      fail_call(now, why, acts);
  }
  if (state_ == State::kIdle && is_linked_ && !is_over_ && next_call_ && now >= *next_call_) {
    ++call_number_;
    cseq_ = 0;
    to_tag_.clear();
    state_ = State::kCalling;
    invite(now, acts);
  }
  if (state_ == State::kTalking) watch_call(now, last_voice, acts);
  return acts;
}

void SipPhone::register_again(RunInstant now, SipActions& acts) {
  if (registration_ && registration_->has_failed(now)) {
    registration_.reset();
    acts.push_back({Kind::kTell, "unregistered", "no answer to REGISTER"});
  }
  if (!is_linked_ || registration_ || (next_registration_ && now < *next_registration_)) return;
  next_registration_ = now + plan_.register_every;
  request(registration_,
          {.method = "REGISTER",
           .cseq = ++registration_cseq_,
           .branch = next_branch(),
           .call_id = fmt::format("registration-{}", id_),
           .from_tag = "r1",
           .more_headers = fmt::format("Expires: {}\r\n", plan_.expires / std::chrono::seconds{1})},
          now, acts);
}

void SipPhone::invite(RunInstant now, SipActions& acts) {
  const auto session = std::chrono::ceil<std::chrono::seconds>(2 * plan_.refresh_every);
  auto spec = in_dialog("INVITE");
  spec.has_offer = true;
  spec.more_headers =
      fmt::format("Supported: timer\r\nSession-Expires: {};refresher=uac\r\n{}", session.count(),
                  session >= kLeastSession ? "Min-SE: 90\r\n" : "");
  has_moved_ = false;
  request(call_, spec, now, acts);
}

void SipPhone::watch_call(RunInstant now, std::optional<RunInstant> last_voice, SipActions& acts) {
  const RunInstant heard = std::max(talking_since_, last_voice.value_or(talking_since_));
  if (plan_.talk > Nanos{0} && now - talking_since_ >= plan_.talk) return end_call(now, "", acts);
  if (now - heard >= plan_.rtp_timeout)
    return end_call(now, fmt::format("no voice for {}", to_string(plan_.rtp_timeout)), acts);
  const bool is_silent = now - heard >= kReinviteAfter && now - refreshed_ >= kReinviteAfter;
  const bool wants_anew = plan_.peer == MediaPeer::kReinvite && (is_silent || has_moved_);
  if (call_ || !is_linked_ || (!wants_anew && now - refreshed_ < plan_.refresh_every)) return;
  refreshing_ = true;
  refreshed_ = now;
  invite(now, acts);
}

SipActions SipPhone::connected(RunInstant now) {
  is_linked_ = true;
  next_registration_.reset();
  SipActions acts{{Kind::kTell, "connection_up", ""}};
  register_again(now, acts);
  return acts;
}

SipActions SipPhone::disconnected(const std::string& why, RunInstant now) {
  is_linked_ = false;
  SipActions acts{{Kind::kTell, "connection_lost", why}};
  if (std::exchange(registration_, std::nullopt))
    acts.push_back({Kind::kTell, "unregistered", "the connection was lost"});
  late_bye_.reset();
  // A call that stands goes on: its voice has a path of its own.
  if (!call_) return acts;
  if (state_ == State::kTalking) {
    call_.reset();
    refreshing_ = false;
  } else {
    fail_call(now, "the connection was lost", acts);
  }
  return acts;
}

SipActions SipPhone::take(std::string_view text, RunInstant now) {
  SipActions acts;
  const auto message = parse_sip(text);
  if (!message) {
    ++malformed_;
    return acts;
  }
  if (message->is_request())
    take_request(*message, now, acts);
  else
    take_response(*message, now, acts);
  return acts;
}

void SipPhone::take_request(const SipMessage& message, RunInstant now, SipActions& acts) {
  if (message.method == "ACK") return;
  if (const auto* known = answers_.find(message, now)) {
    acts.push_back({Kind::kSend, *known});
    return;
  }
  const bool stands = state_ == State::kTalking || state_ == State::kEnding;
  const bool is_ours = stands && message.call_id == call_id();
  int status = 405;
  if (message.method == "OPTIONS") status = 200;
  if (message.method == "BYE") status = is_ours ? 200 : 481;
  auto text = sip_response(message, {.status = status, .to_tag = "phone"}, own_);
  acts.push_back({Kind::kSend, text});
  answers_.keep(message, std::move(text), now);
  if (message.method == "BYE" && is_ours && state_ == State::kTalking)
    fail_call(now, "the far end hung up", acts);
}

void SipPhone::note_own_address(const SipMessage& message, SipActions& acts) {
  if (message.seen_from.empty() || message.seen_from == seen_from_) return;
  if (!seen_from_.empty()) {
    has_moved_ = true;
    acts.push_back(
        {Kind::kTell, "moved", fmt::format("from {} to {}", seen_from_, message.seen_from)});
  }
  seen_from_ = message.seen_from;
}

void SipPhone::take_response(const SipMessage& message, RunInstant now, SipActions& acts) {
  for (auto* slot : {&registration_, &call_, &late_bye_})
    if (*slot && message.branch == (*slot)->branch() && message.status < 200)
      return (*slot)->proceed(now);
  if (message.status < 200) return;
  if (registration_ && message.branch == registration_->branch()) {
    registration_.reset();
    const bool is_registered = message.status < 300;
    acts.push_back({Kind::kTell, is_registered ? "registered" : "unregistered",
                    is_registered ? "" : fmt::format("REGISTER: {}", message.status)});
    // The first call waits for the first registration.
    if (is_registered && !next_call_) next_call_ = now;
    return note_own_address(message, acts);
  }
  if (late_bye_ && message.branch == late_bye_->branch()) return late_bye_.reset();
  if (!call_ || message.branch != call_->branch()) {
    // The answer to an INVITE comes again until it is acknowledged (RFC 3261 13.2.2.4).
    if (message.method == "INVITE") answered_too_late(message, now, acts);
    return;
  }
  if (message.method == "INVITE") {
    answered(message, now, acts);
    return note_own_address(message, acts);
  }
  call_.reset();  // the BYE is through
  state_ = State::kIdle;
  next_call_ = now + plan_.pause;
}

void SipPhone::answered(const SipMessage& message, RunInstant now, SipActions& acts) {
  acknowledge(message, acts);
  call_.reset();
  if (std::exchange(refreshing_, false)) return answered_anew(message, now, acts);
  if (message.status >= 300) return fail_call(now, fmt::format("INVITE: {}", message.status), acts);
  to_tag_ = message.to_tag;
  state_ = State::kTalking;
  talking_since_ = refreshed_ = now;
  acts.push_back({Kind::kTell, "connected", ""});
  acts.push_back({Kind::kStartMedia});
}

/// RFC 3261 12.2.1.2: only "no such call" and a time-out end a call that stands; whatever else the
/// answer to a re-INVITE is, the call goes on as before.
void SipPhone::answered_anew(const SipMessage& message, RunInstant now, SipActions& acts) {
  constexpr int kTimeout = 408;
  constexpr int kNoSuchCall = 481;
  if (message.status == kTimeout || message.status == kNoSuchCall)
    end_call(now, fmt::format("re-INVITE: {}", message.status), acts);
}

void SipPhone::answered_too_late(const SipMessage& message, RunInstant now, SipActions& acts) {
  acknowledge(message, acts);
  if (message.status >= 300 || message.call_id != given_up_) return;
  given_up_.clear();
  request(late_bye_,
          {.method = "BYE",
           .cseq = message.cseq + 1,
           .branch = next_branch(),
           .call_id = message.call_id,
           .from_tag = message.from_tag,
           .to_tag = message.to_tag},
          now, acts);
}

void SipPhone::acknowledge(const SipMessage& message, SipActions& acts) {
  // RFC 3261 17.1.1.3: of a failed INVITE it belongs to the same transaction.
  const SipRequestSpec ack{.method = "ACK",
                           .cseq = message.cseq,
                           .branch = message.status >= 300 ? message.branch : next_branch(),
                           .call_id = message.call_id,
                           .from_tag = message.from_tag,
                           .to_tag = message.to_tag};
  acts.push_back({Kind::kSend, sip_request(ack, own_, pbx_)});
}

void SipPhone::end_call(RunInstant now, const std::string& why, SipActions& acts) {
  acts.push_back({Kind::kStopMedia});
  acts.push_back({Kind::kTell, why.empty() ? "ended" : "dropped", why});
  refreshing_ = false;
  state_ = State::kEnding;
  if (!is_linked_) return fail_call(now, "", acts);  // there is nobody to tell
  request(call_, in_dialog("BYE"), now, acts);
}

void SipPhone::fail_call(RunInstant now, const std::string& why, SipActions& acts) {
  if (state_ == State::kTalking) {
    acts.push_back({Kind::kStopMedia});
    acts.push_back({Kind::kTell, "dropped", why});
  } else if (state_ == State::kCalling) {
    acts.push_back({Kind::kTell, "failed", why});
    given_up_ = call_id();
  }
  call_.reset();
  refreshing_ = false;
  state_ = State::kIdle;
  next_call_ = now + plan_.pause;
}

SipActions SipPhone::hang_up(RunInstant now) {
  SipActions acts;
  is_over_ = true;
  if (state_ == State::kTalking) end_call(now, "", acts);
  return acts;
}

}  // namespace wandrill
