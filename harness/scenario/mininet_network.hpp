// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "base/json.hpp"

namespace wandrill {

/// An interface of a Mininet node, with the addresses that Mininet and the node's class gave it; no
/// link-local ones.
struct MininetInterface {
  std::string name;
  std::vector<IpPrefix> addresses;

  friend bool operator==(const MininetInterface&, const MininetInterface&) = default;
};

struct MininetNode {
  std::string name;
  std::string python_class;
  bool is_switch = false;
  bool forwards = false;  ///< net.ipv4.ip_forward is on.
  /// It lives where the switches do: inNamespace=False.
  bool shares_network = false;
  std::vector<MininetInterface> interfaces;

  [[nodiscard]] const MininetInterface* interface(std::string_view name) const;
};

/// An end of a link, and what TCLink was told of what it sends: mininet.link.TCIntf.config().
struct MininetEnd {
  std::string node;
  std::string interface;
  int port = 0;                         ///< Of its node, counted in the order of the file's links.
  std::optional<double> megabits;       ///< bw
  std::optional<std::string> delay;     ///< As tc(8) has times: "10ms".
  std::optional<std::string> jitter;    ///< Likewise.
  std::optional<double> loss_percent;   ///< loss
  std::optional<double> queue_packets;  ///< max_queue_size
  std::optional<double> latency_ms;     ///< Of its queue, with use_tbf.
  std::vector<std::string> not_to_be_had;  ///< Parameters that our engines have nothing for.

  std::vector<std::string> no_numbers;  ///< Those that should be one, such as "bw=\"10\"".

  [[nodiscard]] bool is_impaired() const;
};

struct MininetLink {
  std::string python_class;
  MininetEnd a;
  MininetEnd b;
};

/// A network that Mininet has built, seen from outside.
struct MininetNetwork {
  std::string topo;  ///< Its name in the file.
  std::vector<MininetNode> nodes;
  std::vector<MininetLink> links;
  Json roles;  ///< The attribute `wandrill` of its topology.

  [[nodiscard]] const MininetNode* node(std::string_view name) const;
};

/// Of what lab_server.py says. Throws std::runtime_error when it is something else.
MininetNetwork network_from(const Json& built);

}  // namespace wandrill
