// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lab/mininet_lab.hpp"
#include "lab/splice.hpp"
#include "lab/standing_network.hpp"
#include "net/netlink.hpp"
#include "net/netns.hpp"
#include "plan/topology/topology_plan.hpp"
#include "sandbox/sandbox.hpp"

namespace wandrill {

/// A node of the lab, alive: its namespace and the rtnetlink socket that drives it.
struct LiveNode {
  NetNs ns;
  Netlink netlink;
  const Confinement* confinement = nullptr;  ///< What holds its programs.
};

/// The bridge of a node of kind switch.
inline constexpr const char* kSwitchBridge = "bridge";

/// The slot of a WAN link: a namespace of its own between the router's port and the ISP's.
struct Slot {
  std::string wan;
  LiveNode node;
  /// Of a splice, where it has its end in the ISP's namespace; empty: at the ISP's own interface.
  std::string isp_port{};
  static constexpr const char* kRouterSide = "router";  ///< The interface toward the router.
  static constexpr const char* kIspSide = "isp";
  /// Never the index of a node's own port: see VethEnd::index.
  static constexpr int kRouterSideIndex = 100'001;
  static constexpr int kIspSideIndex = 100'002;
};

/// A topology as live kernel objects: namespaces, cables, addresses, the lab's own routes. It has
/// no names outside of this process, and goes when its descriptors close. Only in a cell.
class Network {
 public:
  /// Throws std::system_error, naming the object, when the kernel refuses one; of one that Mininet
  /// builds what MininetLab throws. `standing`: what a plan that is attached is played in, which
  /// must outlive this; nothing is built then, and what comes with this goes with it.
  explicit Network(const TopologyPlan& topology, const StandingNetwork* standing = nullptr);

  /// Throws std::out_of_range for a node that is not there.
  [[nodiscard]] LiveNode& node(std::string_view name);
  [[nodiscard]] std::vector<Slot>& slots() noexcept { return slots_; }
  /// Those of a Mininet topology's lines, in their order.
  [[nodiscard]] std::vector<Slot>& line_slots() noexcept { return line_slots_; }
  /// In a network that stood before: leads its traffic through the slots, whose links must be in
  /// force, and back to its old way, before they end.
  void engage_splices();
  void disengage_splices() noexcept;
  /// What holds every program that runs in a node.
  [[nodiscard]] const Sandbox& sandbox() const noexcept { return sandbox_; }
  [[nodiscard]] const std::map<std::string, LiveNode, std::less<>>& nodes() const noexcept {
    return nodes_;
  }

 private:
  void build(const TopologyPlan& topology);
  void adopt(const TopologyPlan& topology);
  void attach(const TopologyPlan& topology, const StandingNetwork& standing);
  Slot& adopt_slot(std::vector<Slot>& slots, const std::string& name);

  Sandbox sandbox_;
  std::unique_ptr<MininetLab> mininet_;
  std::map<std::string, LiveNode, std::less<>> nodes_;
  std::vector<Slot> slots_;  ///< In the order of the topology's wans.
  std::vector<Slot> line_slots_;
  std::vector<Splice> splices_;  ///< Of slots_, in a network that stood before.
};

}  // namespace wandrill
