// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/topology/topology_plan.hpp"
#include "scenario/router_profile.hpp"

namespace wandrill {

/// What ${name} stands for in a router profile: its parameters; of each WAN gateway4, gateway6,
/// address4 and address6; of each server and host address4 and address6; of each segment interface,
/// gateway4, gateway6, network4 and network6; ${segments}, all segments with the router's interface
/// ("voice=lan.20 guest=lan.30"); and ${files}, the folder of its files. $${ is a plain ${.
class Placeholders {
 public:
  explicit Placeholders(const TopologyPlan& topology);
  /// The values of parameters may themselves have placeholders of the topology.
  Placeholders(const std::vector<PlacedPair>& parameters, const TopologyPlan& topology,
               Mistakes& mistakes);

  /// `text` with every placeholder filled in; unknown ones are mistakes.
  [[nodiscard]] std::string fill(const Placed<std::string>& text, Mistakes& mistakes) const;

 private:
  void add(std::string name, std::string value);
  void add_segments(const TopologyPlan& topology);
  void add_address(const std::string& owner, std::string_view what, const IpAddress& address);
  [[nodiscard]] const std::string* find(std::string_view name) const;

  std::vector<std::string> names_;
  std::vector<std::string> values_;
};

}  // namespace wandrill
