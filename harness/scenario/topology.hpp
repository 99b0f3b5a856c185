// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "base/units.hpp"
#include "scenario/mininet_network.hpp"
#include "scenario/mistakes.hpp"
#include "scenario/placed.hpp"
#include "scenario/source.hpp"

namespace wandrill {

struct RouteSpec {
  Place place;
  std::optional<Placed<IpPrefix>> to;
  std::optional<Placed<IpAddress>> via;
};

struct NodeSpec {
  Placed<std::string> name;
  Placed<std::string> kind;
  std::vector<RouteSpec> routes;
  std::optional<Placed<std::string>> segment;
  std::vector<Placed<IpAddress>> addresses;  ///< Of a host in a segment.
};

/// A network behind the router.
struct SegmentSpec {
  Placed<std::string> name;
  std::optional<Placed<std::uint64_t>> vlan;
  std::vector<Placed<IpPrefix>> gateways;
};

/// An end of a cable or of a WAN.
struct LinkEndSpec {
  Place place;
  Placed<std::string> node;
  std::optional<Placed<std::string>> interface;
  std::vector<Placed<IpPrefix>> addresses;
  std::vector<Placed<IpAddress>> gateways;
};

struct LinkSpec {
  Place place;
  LinkEndSpec a;
  LinkEndSpec b;
};

/// The steady state of one direction of a WAN.
struct LineSpec {
  std::optional<Placed<BitsPerSecond>> rate;
  std::optional<Placed<Nanos>> delay;
  std::optional<Placed<Nanos>> jitter;
  std::optional<Placed<Percent>> loss;
  std::optional<Placed<Bytes>> queue;
};

struct WanSpec {
  Placed<std::string> name;
  Placed<std::uint64_t> priority;
  LinkEndSpec router;
  LinkEndSpec isp;
  std::optional<Placed<std::string>> preset;
  std::vector<Placed<std::string>> not_for;
  LineSpec up;
  LineSpec down;
  /// Of a Mininet topology, whose providers may be anything: whose packets this one forwards;
  /// empty: it forwards nothing, or all.
  std::vector<Placed<IpPrefix>> sources;
};

struct ServerSpec {
  Placed<std::string> name;
  Placed<std::string> node;
  std::vector<Placed<IpAddress>> addresses;
};

struct ServiceSpec {
  Placed<std::string> name;
  Placed<std::string> kind;
  Placed<std::string> on;
  std::optional<Placed<std::string>> zone;
  std::optional<Placed<Nanos>> lease;
};

/// A class of traffic and what it needs.
struct CapacitySpec {
  Placed<std::string> name;
  std::optional<Placed<BitsPerSecond>> up;
  std::optional<Placed<BitsPerSecond>> down;
  std::optional<Placed<std::uint64_t>> dscp;
  std::vector<Placed<std::string>> from;
  std::optional<Placed<bool>> guaranteed;
};

/// A WAN of a Mininet topology, as written.
struct MininetWanSpec {
  Placed<std::string> name;
  std::optional<Placed<std::string>> interface;
  std::optional<Placed<std::uint64_t>> priority;
  std::vector<Placed<IpPrefix>> sources;
  std::vector<Placed<std::string>> not_for;
};

/// Which part each node of a Mininet topology has, as written.
struct MininetRoles {
  std::optional<Placed<std::string>> router;
  std::optional<Placed<std::string>> switches;  ///< The key is `switch`.
  std::vector<MininetWanSpec> wans;
  std::vector<Placed<std::string>> inside;  ///< The router's interfaces that lead home.
  std::vector<ServerSpec> servers;
  std::vector<ServiceSpec> services;
};

/// A Python file with a topology for Mininet in the place of a topology file, as written.
struct MininetSpec {
  Place place;
  Placed<std::string> file;
  std::optional<Placed<std::string>> topo;
  MininetRoles roles;
  /// It stands already, and no file is built: of the process `script`, or the only one there is.
  bool attached = false;
  std::optional<std::uint64_t> script{};
};

/// A topology file, as written.
struct Topology {
  Place place;
  Placed<std::string> name;
  std::string description;
  std::vector<NodeSpec> nodes;
  std::vector<SegmentSpec> segments;
  std::vector<LinkSpec> links;
  std::vector<WanSpec> wans;
  std::vector<ServerSpec> servers;
  std::vector<ServiceSpec> services;
  std::vector<CapacitySpec> capacity;
  /// Of a Mininet file, which has none of the above but its place and name: the file, and once it
  /// was built, what stands.
  std::optional<MininetSpec> mininet;
  std::optional<MininetNetwork> built;
};

/// What could be read; the rest is in `mistakes`.
Topology decode_topology(const Source& source, Mistakes& mistakes);

}  // namespace wandrill
