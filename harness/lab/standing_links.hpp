// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "net/netns.hpp"
#include "net/peers.hpp"

namespace wandrill {

/// Finds the links of a network by which interface has its other end where. Reads only.
class StandingLinks {
 public:
  /// `machine`: where nodes live that have no namespace of their own.
  explicit StandingLinks(const NetNs& machine) : machine_{machine} {}

  /// `ns` must outlive this.
  void add_node(const std::string& name, const NetNs& ns) { homes_.push_back({name, &ns, {}}); }
  /// A node in the machine's namespace: its interfaces are ports of a bridge of its name, or are
  /// called "NAME-…" as Mininet calls them.
  void add_switch(const std::string& name) { switches_.push_back(name); }

  /// For network_from(), each once; the order of a node's ports is that of its interfaces.
  [[nodiscard]] Json found();

 private:
  /// A namespace, its node, and its interfaces. The machine's has no node.
  struct Home {
    std::string node;
    const NetNs* ns;
    std::vector<InterfacePeer> interfaces;
  };
  struct End {
    const Home* home;
    const InterfacePeer* interface;
  };

  [[nodiscard]] std::optional<End> other_end(const End& end) const;
  [[nodiscard]] std::string node_of(const End& end) const;

  const NetNs& machine_;
  std::vector<Home> homes_;
  std::vector<std::string> switches_;
  /// The number that the first has for the namespace of the second, both as in homes_.
  std::vector<std::vector<std::optional<int>>> numbers_;
};

}  // namespace wandrill
