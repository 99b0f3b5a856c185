// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_pbx.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/units.hpp"

namespace wandrill {
namespace {

using Kind = SipAction::Kind;

constexpr const char* kTag = "pbx";
/// Asterisk calls a phone unreachable that does not answer within 2 s; then it asks again.
constexpr Nanos kOptionsPatience = std::chrono::seconds{2};

/// RFC 4028 10: who does not refresh hangs up so long before the session expires.
Nanos margin_of(Nanos session) {
  return std::min<Nanos>(std::chrono::seconds{32}, session / 3);
}

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

void SipPbx::send(std::optional<Pending>& slot, const SipRequestSpec& spec, const SocketAddress& to,
                  RunInstant now, SipActions& acts) {
  slot.emplace(
      Pending{{spec.method, spec.branch, sip_request(spec, own_, peer_), now, plan_.over_tcp}, to});
  acts.push_back({.kind = Kind::kSend, .text = slot->transaction.text(), .to = to});
}

void SipPbx::repeat(std::optional<Pending>& slot, RunInstant now, SipActions& acts) {
  if (slot && slot->transaction.is_due(now))
    acts.push_back({.kind = Kind::kSend, .text = slot->transaction.text(), .to = slot->to});
}

SipActions SipPbx::tick(RunInstant now, std::optional<RunInstant> last_voice) {
  SipActions acts;
  for (auto* slot : {&options_, &bye_, &ok_})
    repeat(*slot, now, acts);
  if (bye_ && bye_->transaction.has_failed(now)) bye_.reset();
  ask_for_phone(now, acts);
  watch_call(now, last_voice, acts);
  return acts;
}

void SipPbx::ask_for_phone(RunInstant now, SipActions& acts) {
  if (options_ && now - options_->transaction.started() > kOptionsPatience) {
    options_.reset();
    acts.push_back({Kind::kTell, "unreachable", "the phone did not answer OPTIONS"});
  }
  if (binding_ && now >= binding_->until) {
    binding_.reset();
    acts.push_back({Kind::kTell, "unreachable", "the phone's registration has run out"});
  }
  if (!binding_ || options_ || (next_options_ && now < *next_options_)) return;
  next_options_ = now + plan_.options_every;
  send(options_, new_request("OPTIONS"), binding_->contact, now, acts);
}

void SipPbx::watch_call(RunInstant now, std::optional<RunInstant> last_voice, SipActions& acts) {
  if (!call_) return;
  const RunInstant heard = std::max(call_->since, last_voice.value_or(call_->since));
  if (ok_ && ok_->transaction.has_failed(now))
    hang_up("the far end's answer was never acknowledged", now, acts);
  else if (now - heard >= plan_.far_end_rtp_timeout)
    hang_up(fmt::format("the far end heard no voice for {}", to_string(plan_.far_end_rtp_timeout)),
            now, acts);
  else if (call_->expires && now >= *call_->expires)
    hang_up("the session was not refreshed in time", now, acts);
}

void SipPbx::hang_up(const std::string& why, RunInstant now, SipActions& acts) {
  auto spec = new_request("BYE");
  spec.call_id = call_->id;
  spec.to_tag = call_->from_tag;
  send(bye_, spec, call_->signalled_from, now, acts);
  call_.reset();
  ok_.reset();
  acts.push_back({Kind::kStopMedia});
  acts.push_back({Kind::kTell, "timed_out", why});
}

SipActions SipPbx::take(std::string_view text, const SocketAddress& source, RunInstant now) {
  SipActions acts;
  const auto message = parse_sip(text);
  if (!message) {
    ++malformed_;
    return acts;
  }
  if (!message->is_request()) {
    take_response(*message, now, acts);
  } else if (const auto* known = answers_.find(*message, now)) {
    // It asks again: the answer was lost. A call's 2xx goes on from there, too.
    if (ok_ && message->method == "INVITE" && ok_->transaction.branch() == message->branch)
      ok_->to = source;
    acts.push_back({.kind = Kind::kSend, .text = *known, .to = source});
  } else {
    take_request(*message, source, now, acts);
  }
  return acts;
}

void SipPbx::answer(const SipMessage& message, SipResponseSpec spec, const SocketAddress& source,
                    RunInstant now, SipActions& acts) {
  spec.to_tag = kTag;
  spec.source = source;
  auto text = sip_response(message, spec, own_);
  acts.push_back({.kind = Kind::kSend, .text = text, .to = source});
  answers_.keep(message, std::move(text), now);
}

void SipPbx::take_request(const SipMessage& message, const SocketAddress& source, RunInstant now,
                          SipActions& acts) {
  if (message.method == "ACK") {
    if (ok_ && call_ && message.call_id == call_->id && message.cseq == call_->cseq) ok_.reset();
    return;
  }
  if (message.method == "REGISTER") return take_register(message, source, now, acts);
  if (message.method == "INVITE") return take_invite(message, source, now, acts);
  if (message.method == "BYE") return take_bye(message, source, now, acts);
  answer(message, {.status = message.method == "OPTIONS" ? 200 : 405}, source, now, acts);
}

void SipPbx::take_register(const SipMessage& message, const SocketAddress& source, RunInstant now,
                           SipActions& acts) {
  // RFC 3261 10.3: an older one that was held up on its way does not undo a newer one.
  if (binding_ && message.cseq <= binding_->cseq)
    return answer(message, {.status = 500}, source, now, acts);
  const std::chrono::seconds lasting{message.expires.value_or(
      static_cast<std::uint32_t>(plan_.expires / std::chrono::seconds{1}))};
  // As Asterisk does, it asks at once whether the phone is there.
  const bool has_moved = !binding_ || binding_->contact.port() != source.port() ||
                         binding_->contact.address() != source.address();
  if (has_moved) {
    options_.reset();
    next_options_.reset();
  }
  binding_ = Binding{.contact = source, .cseq = message.cseq, .until = now + lasting};
  answer(message, {.more_headers = fmt::format("Expires: {}\r\n", lasting.count())}, source, now,
         acts);
}

void SipPbx::take_invite(const SipMessage& message, const SocketAddress& source, RunInstant now,
                         SipActions& acts) {
  const bool is_again = call_ && message.call_id == call_->id;
  // RFC 3261 12.2.2: what belongs to a call that is over does not begin another.
  if (!is_again && !message.to_tag.empty())
    return answer(message, {.status = 481}, source, now, acts);
  if (is_again && message.cseq <= call_->cseq)
    return answer(message, {.status = 500}, source, now, acts);
  if (!is_again) call_ = Call{.id = message.call_id, .from_tag = message.from_tag, .since = now};
  call_->signalled_from = source;
  call_->cseq = message.cseq;
  call_->expires.reset();
  SipResponseSpec spec{.has_answer = true};
  if (message.session_expires) {
    const Nanos session = std::chrono::seconds{*message.session_expires};
    call_->expires = now + session - margin_of(session);
    spec.more_headers = fmt::format("Require: timer\r\nSession-Expires: {};refresher=uac\r\n",
                                    *message.session_expires);
  }
  answer(message, spec, source, now, acts);
  ok_.emplace(Pending{{"2xx", message.branch, acts.back().text, now}, source});
  acts.push_back({is_again ? Kind::kMoveMedia : Kind::kStartMedia});
}

void SipPbx::take_bye(const SipMessage& message, const SocketAddress& source, RunInstant now,
                      SipActions& acts) {
  const bool is_known = call_ && message.call_id == call_->id;
  if (is_known && message.cseq <= call_->cseq)
    return answer(message, {.status = 500}, source, now, acts);
  answer(message, {.status = is_known ? 200 : 481}, source, now, acts);
  if (!is_known) return;
  call_.reset();
  ok_.reset();
  acts.push_back({Kind::kStopMedia});
}

void SipPbx::take_response(const SipMessage& message, RunInstant now, SipActions& acts) {
  for (auto* slot : {&options_, &bye_}) {
    if (!*slot || message.branch != (*slot)->transaction.branch()) continue;
    if (message.status < 200) return (*slot)->transaction.proceed(now);
    if (slot == &options_) acts.push_back({Kind::kTell, "reachable", ""});
    slot->reset();
  }
}

}  // namespace wandrill
