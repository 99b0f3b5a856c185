// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "protocol/ip_packet.hpp"
#include "traffic/context.hpp"
#include "traffic/policy/violation_counter.hpp"
#include "traffic/wan_listener.hpp"

namespace wandrill {

/// Takes down what the taps see on all WANs: packets of ours, by their header, what a session
/// listens for, and what must never be there: what a tunnel should have hidden, sources that are
/// not of the WAN (BCP 38), and packets of hosts that the WAN is not for.
class WanClassifier {
 public:
  /// `context` and `plan` must outlive it.
  WanClassifier(const TrafficContext& context, const TrafficPlan& plan);

  struct Wan {
    /// That the router's addresses on it are of; with none, no source is looked at.
    std::vector<IpPrefix> networks;
    std::vector<std::string> barred;  ///< Hosts that it is not for.
  };
  void add_wan(std::uint8_t number, Wan wan);
  /// How the packets of a session are known.
  struct Signs {
    std::vector<FarEnd> far_ends;     ///< That are its own alone.
    bool router_may_forward = false;  ///< To others, as the router's own.
    WanListener* listener = nullptr;  ///< Must outlive this; null: it has none.
  };
  /// Session number `session` of the plan; those that come first are asked first.
  void add_session(std::size_t session, const Signs& signs);
  /// Tells of what was counted and not yet told of.
  void flush();
  void take(const WanPassing& passing, const IpPacket& packet);

 private:
  /// Of any port: packets at their address are asked for one after another.
  struct AnyPort {
    WanListener::Filter filter;
    WanListener* listener;
    const SessionPlan* session;

    [[nodiscard]] bool passes(Direction direction, const IpPacket& packet) const;
  };
  [[nodiscard]] bool hand_over(const WanPassing& passing, const IpPacket& packet);
  void take_ours(const WanPassing& passing, const IpPacket& packet);
  void check_source(const WanPassing& passing, const IpPacket& packet);
  void check_sender(const WanPassing& passing, const IpPacket& packet);
  /// Whose packet on its way up it is: behind a NAT its source does not tell. By its far end, which
  /// most sessions have to themselves, or by what it carries. Null: nobody's, as far as is known.
  [[nodiscard]] const SessionPlan* owner_of(const IpPacket& packet) const;

  const TrafficContext& context_;
  const TrafficPlan& plan_;
  std::vector<Wan> wans_;
  /// Null where several sessions have the same.
  std::map<FarEnd, const SessionPlan*> far_ends_;
  std::vector<bool> router_may_forward_;                               ///< By session.
  std::map<std::pair<FarEnd, std::uint8_t>, WanListener*> listeners_;  ///< By end and protocol.
  std::vector<AnyPort> any_port_;
  ViolationCounter policy_;
};

}  // namespace wandrill
