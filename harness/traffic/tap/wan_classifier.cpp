// SPDX-License-Identifier: Apache-2.0
#include "traffic/tap/wan_classifier.hpp"

#include <algorithm>

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

WanClassifier::WanClassifier(const TrafficContext& context, const TrafficPlan& plan)
    : context_{context}, plan_{plan}, router_may_forward_(plan.sessions.size()), policy_{context} {}

void WanClassifier::add_wan(std::uint8_t number, Wan wan) {
  if (wans_.size() <= number) wans_.resize(number + std::size_t{1});
  wans_[number] = std::move(wan);
}

void WanClassifier::add_session(std::size_t session, const Signs& signs) {
  const auto& plan = plan_.sessions[session];
  for (const auto& end : signs.far_ends) {
    const auto [known, is_new] = far_ends_.insert({end, &plan});
    if (!is_new) known->second = nullptr;
  }
  router_may_forward_[session] = signs.router_may_forward;
  if (signs.listener == nullptr) return;
  const auto filter = signs.listener->filter();
  if (filter.end.port == 0)
    any_port_.push_back({.filter = filter, .listener = signs.listener, .session = &plan});
  else
    listeners_[{filter.end, filter.protocol}] = signs.listener;
}

void WanClassifier::flush() {
  policy_.flush();
}

void WanClassifier::take(const WanPassing& passing, const IpPacket& packet) {
  check_source(passing, packet);
  check_sender(passing, packet);
  if (!hand_over(passing, packet)) take_ours(passing, packet);
}

bool WanClassifier::AnyPort::passes(Direction direction, const IpPacket& packet) const {
  return packet.protocol == filter.protocol &&
         FarEnd::of(direction, packet).address == filter.end.address;
}

bool WanClassifier::hand_over(const WanPassing& passing, const IpPacket& packet) {
  const auto found = listeners_.find({FarEnd::of(passing.direction, packet), packet.protocol});
  if (found != listeners_.end() && found->second->take(passing, packet)) return true;
  return std::ranges::any_of(any_port_, [&](const AnyPort& one) {
    return one.passes(passing.direction, packet) && one.listener->take(passing, packet);
  });
}

void WanClassifier::take_ours(const WanPassing& passing, const IpPacket& packet) {
  const auto ours = recognise(packet);
  if (!ours || ours->nonce != context_.nonce || ours->flow >= plan_.flows.size()) return;
  context_.flows.tapped({.flow = ours->flow,
                         .sequence = ours->sequence,
                         .stamp = passing.stamp,
                         .wan = passing.wan,
                         .direction = passing.direction,
                         .source = packet.source});
  const auto& session = plan_.session_of(ours->flow);
  if (session.through.empty()) return;
  policy_.note({.rule = "in_clear",
                .wan = std::string{passing.wan_name},
                .session = session.name,
                .direction = passing.direction,
                .at = passing.stamp},
               packet);
}

void WanClassifier::check_source(const WanPassing& passing, const IpPacket& packet) {
  const auto& own = wans_[passing.wan];
  const bool is_known = own.networks.empty() || is_within(own.networks, packet.source);
  if (passing.direction == Direction::kDown || is_known || is_local(packet.source)) return;
  policy_.note({.rule = is_private(packet.source) ? "private_source" : "foreign_source",
                .wan = std::string{passing.wan_name},
                .session = {},
                .direction = passing.direction,
                .at = passing.stamp},
               packet);
}

const SessionPlan* WanClassifier::owner_of(const IpPacket& packet) const {
  const auto known = far_ends_.find(FarEnd::of(Direction::kUp, packet));
  if (known != far_ends_.end() && known->second != nullptr) return known->second;
  for (const auto& one : any_port_)
    if (one.passes(Direction::kUp, packet) && one.listener->is_own(Direction::kUp, packet))
      return one.session;
  const auto ours = recognise(packet);
  if (!ours || ours->nonce != context_.nonce || ours->flow >= plan_.flows.size()) return nullptr;
  const auto& session = plan_.session_of(ours->flow);
  // What the router's forwarder asks is the router's own.
  const bool is_forwarded = router_may_forward_[plan_.flows[ours->flow].session] &&
                            packet.destination != session.server.address;
  return is_forwarded ? nullptr : &session;
}

void WanClassifier::check_sender(const WanPassing& passing, const IpPacket& packet) {
  const auto& own = wans_[passing.wan];
  if (passing.direction == Direction::kDown || own.barred.empty()) return;
  const auto* session = owner_of(packet);
  if (session == nullptr || std::ranges::find(own.barred, session->client.node) == own.barred.end())
    return;
  policy_.note({.rule = "barred",
                .wan = std::string{passing.wan_name},
                .session = session->name,
                .direction = passing.direction,
                .at = passing.stamp},
               packet);
}

}  // namespace wandrill
