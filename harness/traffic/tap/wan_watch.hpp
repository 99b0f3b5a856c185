// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "plan/kinds/traffic_plan.hpp"
#include "protocol/ip_packet.hpp"
#include "protocol/openvpn_handshakes.hpp"
#include "protocol/tunnel_message.hpp"
#include "traffic/context.hpp"
#include "traffic/policy/policy_book.hpp"
#include "traffic/tap/program_watch.hpp"

namespace wandrill {

/// Takes down what the taps see on all WANs: packets of ours, the outer packets of tunnels and
/// their handshakes, and what must never be there: what a tunnel should have hidden, sources
/// that are not of the WAN (BCP 38), and packets of hosts that the WAN is not for.
class WanWatch {
 public:
  /// `context`, `plan` and `programs` must outlive it.
  WanWatch(const TrafficContext& context, const TrafficPlan& plan, const ProgramWatch& programs);

  struct Wan {
    std::string name;
    /// That the router's addresses on it are of; with none, no source is looked at.
    std::vector<IpPrefix> networks;
    std::vector<std::string> barred;  ///< Hosts that it is not for.
  };
  void add_wan(std::uint8_t number, Wan wan);
  /// Tells of what was counted and not yet told of.
  void flush();
  /// A packet passed a WAN: up, away from home, or down.
  struct Passing {
    std::uint8_t wan;
    Direction direction;
    Clock::time_point stamp;
  };
  void take(const Passing& passing, const IpPacket& packet);

 private:
  /// An end of a tunnel that has the same address and port all the time: its server's.
  using End = std::tuple<IpAddress, std::uint16_t, std::uint8_t>;
  struct Outer {
    const SessionPlan* session = nullptr;
    std::uint64_t up = 0;  ///< Packets so far.
    std::uint64_t down = 0;
    OpenvpnHandshakes openvpn{};
  };
  [[nodiscard]] Outer* tunnel_of(const Passing& passing, const IpPacket& packet);
  void take_outer(Outer& outer, const Passing& passing, const IpPacket& packet);
  [[nodiscard]] const SessionPlan* phone_of(const Passing& passing, const IpPacket& packet) const;
  void take_signalling(const SessionPlan& session, const Passing& passing, const IpPacket& packet);
  void check_source(const Passing& passing, const IpPacket& packet);
  void check_sender(const Passing& passing, const IpPacket& packet);
  /// Whose packet on its way up it is: behind a NAT its source does not tell. By its far end, which
  /// most sessions have to themselves, or by what it carries. Null: nobody's, as far as is known.
  [[nodiscard]] const SessionPlan* owner_of(const IpPacket& packet) const;

  const TrafficContext& context_;
  const TrafficPlan& plan_;
  const ProgramWatch& programs_;
  std::vector<Wan> wans_;
  /// By address and port; null where several sessions have the same.
  std::map<std::pair<IpAddress, std::uint16_t>, const SessionPlan*> far_ends_;
  std::map<End, Outer> tunnels_;
  std::map<std::pair<IpAddress, std::uint16_t>, const SessionPlan*> phones_;  ///< By their far end.
  PolicyBook policy_;
};

}  // namespace wandrill
