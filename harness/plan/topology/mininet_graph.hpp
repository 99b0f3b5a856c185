// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "scenario/mininet_network.hpp"

namespace wandrill {

/// The two ends of a link, seen from one of them.
struct Sight {
  const MininetEnd* near = nullptr;
  const MininetEnd* far = nullptr;
};

/// A Mininet network as packets see it: who is linked to whom, and who passes packets on.
class MininetGraph {
 public:
  /// `network` must outlive it.
  explicit MininetGraph(const MininetNetwork& network) : network_{network} {}

  /// In the order of the node's ports.
  [[nodiscard]] std::vector<Sight> links_at(const std::string& node) const;
  /// Routes packets; a switch does not.
  [[nodiscard]] bool forwards(const std::string& node) const;
  [[nodiscard]] bool is_switch(const std::string& node) const;
  /// Everything that packets get to from `start` when `without` passes none on; `start`, too.
  [[nodiscard]] std::set<std::string> reached_from(const std::string& start,
                                                   const std::string& without) const;
  /// What switches alone, but for `without`, connect with `start`; `start`, too.
  [[nodiscard]] std::set<std::string> segment_of(const std::string& start,
                                                 const std::string& without = "") const;
  /// The links to nodes that forward, as many lists as there are sides: two links are of one side
  /// when packets get from one's far end to the other's without `node`.
  [[nodiscard]] std::vector<std::vector<Sight>> sides_of(const std::string& node) const;
  /// Who may be under test: nodes that forward between their largest side and something else. With
  /// the most links on that side, where some have more than others; all that forward, where no node
  /// is so.
  [[nodiscard]] std::vector<std::string> router_candidates() const;
  /// A link between switches that closes a ring of them; null where there is none.
  [[nodiscard]] const MininetLink* ring_of_switches() const;
  /// A link that does not lead to hosts directly, and by which packets can get to `goal` without
  /// `node` passing them on.
  [[nodiscard]] bool leads_to(const Sight& link, const std::string& goal) const;

 private:
  [[nodiscard]] std::set<std::string> walk(
      const std::string& start, const std::function<bool(const std::string&)>& passes) const;
  [[nodiscard]] bool has_hosts(const std::string& switch_node) const;
  [[nodiscard]] std::size_t outward_links_of(const std::string& node) const;

  const MininetNetwork& network_;
};

}  // namespace wandrill
