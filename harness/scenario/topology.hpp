// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "base/units.hpp"
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
};

/// What could be read; the rest is in `mistakes`.
Topology decode_topology(const Source& source, Mistakes& mistakes);

}  // namespace wandrill
