// SPDX-License-Identifier: Apache-2.0
#include "traffic/sip_session.hpp"

#include <functional>

#include <fmt/format.h>
#include <sys/epoll.h>

#include "record/recorder.hpp"

namespace wandrill {
namespace {

constexpr Nanos kTick = std::chrono::milliseconds{20};

SipEndpoint phone_of(const SessionPlan& plan) {
  return {.user = plan.name,
          .address = plan.client.address,
          .port = plan.sip->phone_port,
          .media_port = plan.client.port};
}

SipEndpoint pbx_of(const SessionPlan& plan) {
  return {.user = "pbx",
          .address = plan.server.address,
          .port = plan.sip->pbx_port,
          .media_port = plan.server.port};
}

std::string id_of(const TrafficContext& context, const SessionPlan& plan) {
  return fmt::format("{:x}-{}", context.nonce, plan.up);
}

std::string_view text_of(std::span<const std::uint8_t> payload) {
  return {reinterpret_cast<const char*>(payload.data()), payload.size()};
}

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

/// A signalling port of one of the ends.
class SipSession::Line final : private Watcher {
 public:
  using Take = std::function<void(const UdpPort::Datagram&)>;

  Line(const TrafficContext& context, UdpPort port, std::string owner, Take take)
      : context_{context},
        port_{std::move(port)},
        owner_{std::move(owner)},
        take_{std::move(take)},
        watch_{context.poller.watch(port_.fd(), EPOLLIN, *this)} {}

  /// What the network refuses is lost; who needs it sends it again.
  void send(const std::string& text, const SocketAddress& peer) const {
    static_cast<void>(port_.send(bytes_of(text), peer));
  }

 private:
  void ready(std::uint32_t) override {
    const auto dropped = port_.receive(take_);
    if (dropped > 0) context_.note_overflow(owner_, dropped);
  }

  const TrafficContext& context_;
  UdpPort port_;
  std::string owner_;
  Take take_;
  Poller::Watch watch_;
};

SipSession::SipSession(const TrafficContext& context, const SessionPlan& plan,
                       const FindNetNs& find)
    : context_{context},
      plan_{plan},
      phone_{*plan.sip, phone_of(plan), pbx_of(plan), id_of(context, plan)},
      pbx_{*plan.sip, pbx_of(plan), phone_of(plan), id_of(context, plan)},
      phone_media_{context, plan, SipMedia::Role::kPhone, find(plan.client.node)},
      pbx_media_{context, plan, SipMedia::Role::kPbx, find(plan.server.node)},
      phone_line_{std::make_unique<Line>(
          context,
          UdpPort{find(plan.client.node), plan.client.address, plan.sip->phone_port, plan.dscp},
          plan.name, [this](const UdpPort::Datagram& d) { from_pbx(d); })},
      pbx_line_{std::make_unique<Line>(
          context,
          UdpPort{find(plan.server.node), plan.server.address, plan.sip->pbx_port, plan.dscp},
          plan.name, [this](const UdpPort::Datagram& d) { from_phone(d); })} {}

SipSession::~SipSession() {
  stop();
}

void SipSession::start(Clock::time_point at) {
  running_ = true;
  phone_media_.start(at + plan_.phase);
  pbx_media_.start(at + plan_.phase);
  context_.timers.add(at + plan_.phase, kTick, *this);
}

void SipSession::stop() {
  if (!running_) return;
  running_ = false;
  context_.timers.remove(*this);
  do_phone(phone_.hang_up(now()));
  phone_media_.stop();
  pbx_media_.stop();
}

void SipSession::due(Clock::time_point) {
  do_phone(phone_.tick(now(), phone_media_.last_voice()));
  do_pbx(pbx_.tick(now(), pbx_media_.last_voice()));
}

void SipSession::from_pbx(const UdpPort::Datagram& datagram) {
  const auto text = text_of(datagram.payload);
  record("client", false, text);
  do_phone(phone_.take(text, now()));
}

void SipSession::from_phone(const UdpPort::Datagram& datagram) {
  const auto text = text_of(datagram.payload);
  record("server", false, text);
  do_pbx(pbx_.take(text, datagram.source, now()));
}

void SipSession::do_phone(const SipActs& acts) {
  for (const auto& act : acts)
    switch (act.kind) {
      case SipAct::Kind::kSend:
        record("client", true, act.text);
        phone_line_->send(act.text, {plan_.server.address, plan_.sip->pbx_port});
        break;
      case SipAct::Kind::kStartMedia:
        phone_media_.speak(plan_.server.address);
        break;
      case SipAct::Kind::kMoveMedia:
        break;
      case SipAct::Kind::kStopMedia:
        phone_media_.fall_silent();
        break;
      case SipAct::Kind::kTell:
        tell(act);
        break;
    }
}

void SipSession::do_pbx(const SipActs& acts) {
  for (const auto& act : acts)
    switch (act.kind) {
      case SipAct::Kind::kSend:
        record("server", true, act.text);
        pbx_line_->send(act.text, *act.to);
        break;
      case SipAct::Kind::kStartMedia:
        pbx_media_.speak(pbx_.signalled_from()->address());
        break;
      case SipAct::Kind::kMoveMedia:
        pbx_media_.move(pbx_.signalled_from()->address());
        break;
      case SipAct::Kind::kStopMedia:
        pbx_media_.fall_silent();
        break;
      case SipAct::Kind::kTell:
        tell(act);
        break;
    }
}

void SipSession::tell(const SipAct& act) const {
  context_.book.recorder().add(SessionEvent{now(), plan_.name, act.text, act.detail});
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
  context_.book.recorder().add(event);
}

}  // namespace wandrill
