// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ip_address.hpp"
#include "plan/impairment.hpp"
#include "plan/traffic_filter.hpp"
#include "scenario/fault_kinds.hpp"

namespace wandrill {

std::string_view to_string(FaultKind kind);

constexpr const auto& words_of(FaultKind) {
  return kFaultWords;
}

/// What a fault acts on: a WAN link's slot; the ISP behind a WAN, or the
/// router's port toward it; a server; the router itself.
enum class FaultTarget : std::uint8_t { kLink, kIsp, kServer, kRouter };

FaultTarget target_of(FaultKind kind);

/// What the router must do about a fault on the WAN that carries the traffic.
enum class FailoverDuty : std::uint8_t { kRequired, kForbidden, kEither };

std::string_view to_string(FailoverDuty duty);

/// One edge of a flapping link, relative to the start of the fault.
struct FlapEdge {
  Nanos offset{0};
  bool down = false;
};

/// What becomes of a gateway that hosts look for on the line (ARP, neighbour discovery).
enum class ArpMode : std::uint8_t {
  kSilent,  ///< It does not answer who asks for it.
  kNewMac   ///< It has another hardware address all of a sudden, and tells nobody.
};

/// How a DNS or DHCP server misbehaves.
enum class ServiceMode : std::uint8_t {
  // DNS
  kTimeout,   ///< It answers nothing.
  kServfail,  ///< It answers that it could not find out (SERVFAIL).
  kSlow,      ///< Its answers come late.
  kHijack,    ///< It gives a false address for every name.
  // DHCP
  kNak,        ///< It refuses every request, and offers nothing.
  kExpiry,     ///< It is silent, so that the lease runs out.
  kNewAddress  ///< It refuses the address and offers another.
};

std::string_view to_string(ServiceMode mode);

/// What a fault that is no matter of a link does, as far as its kind has a choice.
struct LabFaultValue {
  std::string server;             ///< For FaultTarget::kServer: which.
  std::string process;            ///< For kill, stop and restart: the program's name.
  std::vector<std::string> run;   ///< For exec: program and arguments.
  std::vector<std::string> undo;  ///< For exec: likewise; empty: nothing to restore.
  ArpMode arp = ArpMode::kSilent;
  Bytes mtu;                                 ///< The largest IP packet that passes.
  bool too_big = true;                       ///< Whether the sender of a larger one is told.
  ServiceMode mode = ServiceMode::kTimeout;  ///< For dns and dhcp.
  Nanos delay{0};                            ///< For dns, slow: how much later an answer comes.
  std::vector<IpAddress> addresses;          ///< The false ones (hijack); the new one (dhcp).

  friend bool operator==(const LabFaultValue&, const LabFaultValue&) = default;
};

/// Breaks something until it is restored.
struct FaultAction {
  std::string id;     ///< Unique: the label, with "#2" from the second cycle on.
  std::string label;  ///< As the user named it, or "kind wan".
  FaultKind kind = FaultKind::kCarrier;
  std::string wan;  ///< Empty for FaultTarget::kServer and kRouter.
  FaultDirection direction = FaultDirection::kBoth;
  /// The values of this fault's own impairment (loss, delay, jitter, rate and queue); what a fault
  /// does not name stays as the link's steady state has it. A delay fault adds to the steady delay.
  Impairment value;
  TrafficFilter filter;  ///< Which packets meet it; empty: every frame.
  /// For flap: what toggles (carrier, far_end or blackhole) and when, all edges resolved from the
  /// seed.
  FaultKind flap_of = FaultKind::kCarrier;
  std::vector<FlapEdge> edges;
  LabFaultValue lab;  ///< For every target but kLink.
  Nanos ramp{0};      ///< `value` grows evenly from nothing over this time.
  FailoverDuty duty = FailoverDuty::kRequired;
};

/// Nothing passes the WAN while this is in force, or nothing in one direction, so that nothing is
/// answered: every question of the kind "is this WAN gone?" is asked here. One whose value grows
/// (`ramp`) takes it away once it is whole; a flap never does, for something passes in between.
bool takes_wan_away(const FaultAction& fault);

/// The fault is over by itself once it has happened; there is nothing to restore.
bool is_momentary(const FaultAction& fault);

}  // namespace wandrill
