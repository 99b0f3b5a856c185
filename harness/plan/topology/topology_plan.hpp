// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ip_address.hpp"
#include "plan/impairment.hpp"
#include "plan/topology/capacity_plan.hpp"
#include "plan/traffic_filter.hpp"

namespace wandrill {

enum class NodeKind : std::uint8_t { kHost, kRouter, kIsp, kSwitch, kInternet };

std::string_view to_string(NodeKind kind);

/// A route that the lab itself installs. The router under test gets none: its routes are its own
/// business.
struct StaticRoute {
  IpPrefix destination;
  IpAddress via;
};

/// One network namespace.
struct NodePlan {
  std::string name;
  NodeKind kind = NodeKind::kHost;
  std::vector<IpPrefix> loopback;  ///< Addresses of servers, on lo.
  std::vector<StaticRoute> routes;
  bool forwarding = false;
  /// For an ISP: the sources it forwards from its customers; all others are dropped (BCP 38).
  std::vector<IpPrefix> allowed_sources;
  std::string segment;  ///< Of a host: the segment that it is in; empty: none.
};

/// The router's port for all tagged segments, and the switch at its other end.
inline constexpr std::string_view kTrunk = "lan";
/// A segment's switch calls its port to the router so, and those to hosts by the hosts' names.
inline constexpr std::string_view kSwitchUplink = "router";

/// A network behind the router.
struct SegmentPlan {
  std::string name;
  /// Its 802.1Q tag on the trunk; 0: it has a switch and a port of the router to itself.
  std::uint16_t vlan = 0;
  std::string switch_node;  ///< What its hosts are plugged into.
  std::string interface;    ///< The router's in it: "lan.10" of VLAN 10, else the segment's name.
  std::vector<IpPrefix> gateways;  ///< The router's addresses in it, one per family at most.
};

/// One end of a link: an interface of a node.
struct PortPlan {
  std::string node;
  std::string interface;  ///< At most 15 characters.
  std::vector<IpPrefix> addresses;
};

/// A plain cable: a veth pair. An end in a switch is enslaved to its bridge.
struct CablePlan {
  PortPlan a;
  PortPlan b;
};

/// A WAN link with its impairment slot between the router's port and the ISP's.
struct WanPlan {
  std::string name;  ///< Also the name of the router's interface.
  int priority = 1;  ///< 1 is the primary.
  PortPlan router;
  PortPlan isp;
  std::vector<IpAddress> gateways;  ///< The ISP's addresses on the link, one per family.
  Impairment up;                    ///< Steady state, router to ISP.
  Impairment down;                  ///< Steady state, ISP to router.
  /// The filters of its faults: each is a stage in front of the line, clean but for those faults.
  std::vector<TrafficFilter> filters{};
  /// Segments and hosts none of whose traffic may leave by it.
  std::vector<std::string> not_for{};
};

/// A name under which traffic can reach something: a server of the internet or a host.
struct ServerPlan {
  std::string name;
  std::string node;
  std::vector<IpAddress> addresses;  ///< At most one per family.
};

enum class ServiceKind : std::uint8_t {
  kDns,     ///< Answers for the names of the topology's servers and hosts.
  kDhcp,    ///< Gives the router its IPv4 address on a WAN.
  kMonitor  ///< Hears what the router tells of itself: syslog, webhooks. Ours, no program.
};

std::string_view to_string(ServiceKind kind);

/// A real server program that runs in the lab.
struct ServicePlan {
  std::string name;
  ServiceKind kind = ServiceKind::kDns;
  std::string on;    ///< The server (dns) or the WAN (dhcp).
  std::string zone;  ///< Of dns: the names' common end.
  Nanos lease{0};    ///< Of dhcp: how long the address is given for.
};

/// A link of a Mininet topology that has an impairment and is no WAN.
struct LinePlan {
  std::string name;  ///< "h1-eth0": the interface of its first end, which no other line has.
  PortPlan a;
  PortPlan b;
  Impairment to_b;  ///< What `a` sends.
  Impairment to_a;
};

/// Where a network comes from that Mininet builds. Nodes, cables and WANs are then what is to be
/// found in it.
struct MininetPlan {
  std::string file;
  std::string topo;  ///< As `mn --topo` has it; empty: the only one.
  std::string
      switches;  ///< As `mn --switch` has it: what switches without a class of their own are.
  std::vector<LinePlan> lines;
  /// It stands already, in this machine's own namespaces, and is the user's: no file is built.
  bool attached = false;
  std::uint64_t script = 0;  ///< The process that holds it; 0: the only one there is.
};

struct TopologyPlan {
  std::string name;
  std::vector<NodePlan> nodes;
  std::vector<SegmentPlan> segments;
  std::vector<CablePlan> cables;
  std::vector<WanPlan> wans;  ///< By priority.
  std::vector<ServerPlan> servers;
  std::vector<ServicePlan> services;
  std::vector<CapacityClass> capacity;  ///< The most important first.
  std::optional<MininetPlan> mininet;   ///< Empty: the lab builds all itself.

  [[nodiscard]] const NodePlan* node(std::string_view name) const;
  [[nodiscard]] const WanPlan* wan(std::string_view name) const;
  [[nodiscard]] const SegmentPlan* segment(std::string_view name) const;
  /// The network is the user's, who has started it.
  [[nodiscard]] bool is_attached() const { return mininet && mininet->attached; }
  /// Some segment is tagged: the lab needs 802.1Q.
  [[nodiscard]] bool has_vlans() const;
  /// The service of this kind on a server or WAN; null where there is none.
  [[nodiscard]] const ServicePlan* service(ServiceKind kind, std::string_view on) const;
  /// Whether traffic of this host may leave by the WAN.
  [[nodiscard]] bool is_for(const WanPlan& line, std::string_view host) const;
  /// The router under test.
  [[nodiscard]] const NodePlan& router() const;
};

/// The address of the network that an interface's address is in: 192.0.2.0/24 of 192.0.2.7/24.
IpPrefix network_of(const IpPrefix& prefix);

/// The first IPv4 address that a node has on a cable, as an ISP has towards the internet; null if
/// none.
const IpAddress* upstream_ipv4(const TopologyPlan& topology, std::string_view node);

}  // namespace wandrill
