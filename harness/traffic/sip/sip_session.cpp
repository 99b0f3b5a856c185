// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip/sip_session.hpp"

#include <fmt/format.h>

#include "record/recorder.hpp"
#include "traffic/sip/sip_tcp_pbx_transport.hpp"
#include "traffic/sip/sip_tcp_phone_transport.hpp"

namespace wandrill {
namespace {

constexpr Nanos kTick = std::chrono::milliseconds{20};

SipEndpoint phone_of(const SessionPlan& plan) {
  return {.user = plan.name,
          .address = plan.client.address,
          .port = plan.of<SipPlan>()->phone_port,
          .media_port = plan.client.port,
          .over_tcp = plan.of<SipPlan>()->over_tcp};
}

SipEndpoint pbx_of(const SessionPlan& plan) {
  return {.user = "pbx",
          .address = plan.server.address,
          .port = plan.of<SipPlan>()->pbx_port,
          .media_port = plan.server.port,
          .over_tcp = plan.of<SipPlan>()->over_tcp};
}

std::string id_of(const TrafficContext& context, const SessionPlan& plan) {
  return fmt::format("{:x}-{}", context.nonce, plan.up);
}

}  // namespace

SipSession::SipSession(const TrafficContext& context, const SessionPlan& plan,
                       const FindNetNs& find)
    : context_{context},
      plan_{plan},
      phone_{*plan.of<SipPlan>(), phone_of(plan), pbx_of(plan), id_of(context, plan)},
      pbx_{*plan.of<SipPlan>(), pbx_of(plan), phone_of(plan), id_of(context, plan)},
      phone_media_{context, plan, SipMedia::Role::kPhone, find(plan.client.node)},
      pbx_media_{context, plan, SipMedia::Role::kPbx, find(plan.server.node)} {
  const auto& phone_at = find(plan.client.node);
  const auto& pbx_at = find(plan.server.node);
  const auto& sip = *plan.of<SipPlan>();
  const auto to_phone = [this](std::string_view text, const SocketAddress&) { from_pbx(text); };
  const auto to_pbx = [this](std::string_view text, const SocketAddress& source) {
    from_phone(text, source);
  };
  if (sip.over_tcp) {
    pbx_transport_ = std::make_unique<SipTcpPbxTransport>(context, plan, pbx_at, to_pbx);
    auto line = std::make_unique<SipTcpPhoneTransport>(
        context, plan, phone_at,
        SipTcpPhoneTransport::Events{
            .take = to_phone,
            .up = [this] { do_phone(phone_.connected(now())); },
            .down = [this](const std::string& why) { do_phone(phone_.disconnected(why, now())); }});
    connecting_ = line.get();
    phone_transport_ = std::move(line);
    return;
  }
  phone_transport_ = std::make_unique<SipUdpTransport>(
      context, UdpPort{phone_at, plan.client.address, sip.phone_port, plan.dscp}, plan.name,
      to_phone);
  pbx_transport_ = std::make_unique<SipUdpTransport>(
      context, UdpPort{pbx_at, plan.server.address, sip.pbx_port, plan.dscp}, plan.name, to_pbx);
}

SipSession::~SipSession() {
  stop();
}

void SipSession::start(Clock::time_point at) {
  running_ = true;
  phone_media_.start(at + plan_.phase);
  pbx_media_.start(at + plan_.phase);
  context_.timers.add(at + plan_.phase, kTick, *this);
  if (connecting_ != nullptr) connecting_->start();
}

void SipSession::stop() {
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
  do_phone(phone_.hang_up(now()));
  if (connecting_ != nullptr) connecting_->stop();
  phone_media_.stop();
  pbx_media_.stop();
}

void SipSession::due(Clock::time_point) {
  do_phone(phone_.tick(now(), phone_media_.last_voice()));
  do_pbx(pbx_.tick(now(), pbx_media_.last_voice()));
}

void SipSession::from_pbx(std::string_view text) {
  record("client", false, text);
  do_phone(phone_.take(text, now()));
}

void SipSession::from_phone(std::string_view text, const SocketAddress& source) {
  record("server", false, text);
  do_pbx(pbx_.take(text, source, now()));
}

void SipSession::do_phone(const SipActions& acts) {
  for (const auto& act : acts)
    switch (act.kind) {
      case SipAction::Kind::kSend:
        record("client", true, act.text);
        phone_transport_->send(act.text, {plan_.server.address, plan_.of<SipPlan>()->pbx_port});
        break;
      case SipAction::Kind::kStartMedia:
        phone_media_.speak(plan_.server.address);
        break;
      case SipAction::Kind::kMoveMedia:
        break;
      case SipAction::Kind::kStopMedia:
        phone_media_.fall_silent();
        break;
      case SipAction::Kind::kTell:
        tell(act);
        break;
    }
}

void SipSession::do_pbx(const SipActions& acts) {
  for (const auto& act : acts)
    switch (act.kind) {
      case SipAction::Kind::kSend:
        record("server", true, act.text);
        pbx_transport_->send(act.text, *act.to);
        break;
      case SipAction::Kind::kStartMedia:
        pbx_media_.speak(pbx_.signalled_from()->address());
        break;
      case SipAction::Kind::kMoveMedia:
        pbx_media_.move(pbx_.signalled_from()->address());
        break;
      case SipAction::Kind::kStopMedia:
        pbx_media_.fall_silent();
        break;
      case SipAction::Kind::kTell:
        tell(act);
        break;
    }
}

void SipSession::tell(const SipAction& act) const {
  context_.flows.recorder().add(SessionEvent{now(), plan_.name, act.text, act.detail});
}

void SipSession::record(const char* end, bool sent, std::string_view text) const {
  const auto message = parse_sip(text);
  SipEvent event{.at = now(), .session = plan_.name, .end = end, .sent = sent};
  if (message) {
    event.method = message->method;
    event.status = static_cast<std::uint32_t>(message->status);
    event.cseq = message->cseq;
    event.call_id = message->call_id;
    if (message->is_request() && !message->to_tag.empty()) event.detail = "in dialog";
  } else {
    event.detail = "nonsense";
  }
  context_.flows.recorder().add(event);
}

}  // namespace wandrill
