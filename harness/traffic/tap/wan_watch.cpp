// SPDX-License-Identifier: Apache-2.0
#include "traffic/tap/wan_watch.hpp"

#include <algorithm>

#include "protocol/sip_message.hpp"
#include "record/recorder.hpp"
#include "traffic/tap/recognise.hpp"

namespace wandrill {
namespace {

bool is_within(const std::vector<IpPrefix>& networks, const IpAddress& address) {
  return std::ranges::any_of(networks,
                             [&](const IpPrefix& network) { return network.contains(address); });
}

/// A source that no network is meant to forward: unspecified (DHCP), link-local.
bool is_local(const IpAddress& address) {
  static const std::vector<IpPrefix> local{
      *IpPrefix::parse("0.0.0.0/8"), *IpPrefix::parse("169.254.0.0/16"), *IpPrefix::parse("::/128"),
      *IpPrefix::parse("fe80::/10")};
  return is_within(local, address);
}

/// RFC 1918, RFC 4193.
bool is_private(const IpAddress& address) {
  static const std::vector<IpPrefix> unrouted{
      *IpPrefix::parse("10.0.0.0/8"), *IpPrefix::parse("172.16.0.0/12"),
      *IpPrefix::parse("192.168.0.0/16"), *IpPrefix::parse("fc00::/7")};
  return is_within(unrouted, address);
}

}  // namespace

WanWatch::WanWatch(const TrafficContext& context, const TrafficPlan& plan,
                   const ProgramWatch& programs)
    : context_{context}, plan_{plan}, programs_{programs}, policy_{context} {
  for (const auto& session : plan.sessions)
    if (session.of<TunnelPlan>())
      tunnels_[{session.server.address, session.server.port,
                session.of<TunnelPlan>()->over_tcp ? kProtocolTcp : kProtocolUdp}] = {.session =
                                                                                          &session};
  for (const auto& session : plan.sessions) {
    const bool is_shared = session.kind == TrafficKind::kDns || session.of<ExecPlan>() ||
                           (session.of<AttemptPlan>() && session.of<AttemptPlan>()->port);
    if (is_shared || !session.through.empty()) continue;
    const auto [end, is_new] =
        far_ends_.insert({{session.server.address, session.server.port}, &session});
    if (!is_new) end->second = nullptr;
  }
  for (const auto& session : plan.sessions)
    if (session.of<SipPlan>())
      phones_[{session.server.address, session.of<SipPlan>()->pbx_port}] = &session;
}

const SessionPlan* WanWatch::phone_of(const Passing& passing, const IpPacket& packet) const {
  const bool is_up = passing.direction == Direction::kUp;
  const auto found = phones_.find({is_up ? packet.destination : packet.source,
                                   is_up ? packet.destination_port : packet.source_port});
  if (found == phones_.end()) return nullptr;
  const auto protocol = found->second->of<SipPlan>()->over_tcp ? kProtocolTcp : kProtocolUdp;
  return packet.protocol == protocol ? found->second : nullptr;
}

void WanWatch::take_signalling(const SessionPlan& session, const Passing& passing,
                               const IpPacket& packet) {
  const auto start =
      sip_start({reinterpret_cast<const char*>(packet.payload.data()), packet.payload.size()});
  // Over TCP also what carries no message: acknowledgements, keepalives, the rest of a long one.
  if (session.of<SipPlan>()->over_tcp && start.empty()) return;
  const bool is_response = !start.empty() && start.front() >= '0' && start.front() <= '9';
  context_.book.recorder().add(SipEvent{
      .at = context_.book.origin().at(passing.stamp),
      .session = session.name,
      .end = wans_[passing.wan].name,
      .sent = passing.direction == Direction::kUp,
      .method = is_response ? "" : std::string{start},
      .status = is_response ? static_cast<std::uint32_t>(std::stoi(std::string{start})) : 0});
}

void WanWatch::add_wan(std::uint8_t number, Wan wan) {
  if (wans_.size() <= number) wans_.resize(number + std::size_t{1});
  wans_[number] = std::move(wan);
}

void WanWatch::flush() {
  policy_.flush();
}

void WanWatch::take(const Passing& passing, const IpPacket& packet) {
  check_source(passing, packet);
  check_sender(passing, packet);
  if (auto* tunnel = tunnel_of(passing, packet)) return take_outer(*tunnel, passing, packet);
  if (const auto* phone = phone_of(passing, packet))
    return take_signalling(*phone, passing, packet);
  if (const auto known = programs_.recognise(passing.direction, packet)) {
    context_.book.tapped({.flow = known->flow,
                          .sequence = known->number,
                          .stamp = passing.stamp,
                          .wan = passing.wan,
                          .direction = passing.direction,
                          .source = packet.source});
    return;
  }
  const auto ours = recognise(packet);
  if (!ours || ours->nonce != context_.nonce || ours->flow >= plan_.flows.size()) return;
  context_.book.tapped({.flow = ours->flow,
                        .sequence = ours->sequence,
                        .stamp = passing.stamp,
                        .wan = passing.wan,
                        .direction = passing.direction,
                        .source = packet.source});
  const auto& session = plan_.session_of(ours->flow);
  if (session.through.empty()) return;
  policy_.note({.rule = "in_clear",
                .wan = wans_[passing.wan].name,
                .session = session.name,
                .direction = passing.direction,
                .at = passing.stamp},
               packet);
}

void WanWatch::check_source(const Passing& passing, const IpPacket& packet) {
  const auto& own = wans_[passing.wan];
  const bool is_known = own.networks.empty() || is_within(own.networks, packet.source);
  if (passing.direction == Direction::kDown || is_known || is_local(packet.source)) return;
  policy_.note({.rule = is_private(packet.source) ? "private_source" : "foreign_source",
                .wan = own.name,
                .session = {},
                .direction = passing.direction,
                .at = passing.stamp},
               packet);
}

const SessionPlan* WanWatch::owner_of(const IpPacket& packet) const {
  const std::pair end{packet.destination, packet.destination_port};
  if (const auto known = far_ends_.find(end); known != far_ends_.end() && known->second != nullptr)
    return known->second;
  if (const auto phone = phones_.find(end); phone != phones_.end()) return phone->second;
  if (const auto known = programs_.recognise(Direction::kUp, packet))
    return &plan_.session_of(known->flow);
  const auto ours = recognise(packet);
  if (!ours || ours->nonce != context_.nonce || ours->flow >= plan_.flows.size()) return nullptr;
  const auto& session = plan_.session_of(ours->flow);
  // What the router's forwarder asks is the router's own.
  const bool is_forwarded =
      session.kind == TrafficKind::kDns && packet.destination != session.server.address;
  return is_forwarded ? nullptr : &session;
}

void WanWatch::check_sender(const Passing& passing, const IpPacket& packet) {
  const auto& own = wans_[passing.wan];
  if (passing.direction == Direction::kDown || own.barred.empty()) return;
  const auto* session = owner_of(packet);
  if (session == nullptr || std::ranges::find(own.barred, session->client.node) == own.barred.end())
    return;
  policy_.note({.rule = "barred",
                .wan = own.name,
                .session = session->name,
                .direction = passing.direction,
                .at = passing.stamp},
               packet);
}

WanWatch::Outer* WanWatch::tunnel_of(const Passing& passing, const IpPacket& packet) {
  const bool is_up = passing.direction == Direction::kUp;
  const auto found =
      tunnels_.find({is_up ? packet.destination : packet.source,
                     is_up ? packet.destination_port : packet.source_port, packet.protocol});
  return found == tunnels_.end() ? nullptr : &found->second;
}

void WanWatch::take_outer(Outer& outer, const Passing& passing, const IpPacket& packet) {
  const auto& session = *outer.session;
  const auto message = session.kind == TrafficKind::kWireguard ? read_wireguard(packet.payload)
                                                               : outer.openvpn.read(packet);
  if (packet.payload.empty()) return;  // acknowledgements of TCP carry nothing of the tunnel
  const bool is_up = passing.direction == Direction::kUp;
  context_.book.tapped({.flow = is_up ? session.up : session.down,
                        .sequence = (is_up ? outer.up : outer.down)++,
                        .stamp = passing.stamp,
                        .wan = passing.wan,
                        .direction = passing.direction,
                        .source = packet.source});
  if (message != TunnelMessage::kInitiation && message != TunnelMessage::kResponse) return;
  context_.book.recorder().add(
      TunnelEvent{.at = context_.book.origin().at(passing.stamp),
                  .session = session.name,
                  .message = message == TunnelMessage::kInitiation ? "initiation" : "response",
                  .direction = std::string{to_string(passing.direction)},
                  .wan = wans_[passing.wan].name});
}

}  // namespace wandrill
