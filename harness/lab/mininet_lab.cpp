// SPDX-License-Identifier: Apache-2.0
#include "lab/mininet_lab.hpp"

#include <filesystem>

#include <fcntl.h>

#include "base/error.hpp"
#include "lab/mininet_look.hpp"
#include "lab/program_limits.hpp"

namespace wandrill {
namespace {

namespace fs = std::filesystem;

Json ends_of(const PortPlan& a, const PortPlan& b, const std::string& name) {
  return {{"name", name}, {"a", {a.node, a.interface}}, {"b", {b.node, b.interface}}};
}

Json request_for(const TopologyPlan& topology) {
  const auto& [file, topo, switches, lines, attached, script] = *topology.mininet;
  Json slots = Json::array();
  for (const auto& wan : topology.wans)
    slots.push_back(ends_of(wan.router, wan.isp, wan.name));
  for (const auto& line : lines)
    slots.push_back(ends_of(line.a, line.b, line.name));
  return {{"file", fs::weakly_canonical(file).native()},
          {"topo", topo},
          {"switch", switches},
          {"only_look", false},
          {"slots", slots}};
}

/// While Mininet builds nothing else looks after what it starts.
std::function<void()> hold_to_limits() {
  return [limits = ProgramLimits::of_this_machine()] {
    if (const auto excess = excess_text(look_at_programs(limits), limits); !excess.empty())
      throw MachineError{excess};
  };
}

NetNs namespace_of(const Json& pid) {
  const auto path = fmt::format("/proc/{}/ns/net", pid.get<int>());
  return NetNs::adopt(UniqueFd{check(::open(path.c_str(), O_RDONLY | O_CLOEXEC), "open {}", path)});
}

}  // namespace

MininetLab::MininetLab(const Sandbox& sandbox, const Json& request)
    : root_{sandbox.create_netns()},
      process_{root_, sandbox, request},
      built_(process_.wait_until_built(hold_to_limits())) {
  for (auto& node : built_.at("nodes")) {
    add_what_is_seen(node, namespace_of(node.at("pid")));
    node["shares_network"] = node.at("pid").get<pid_t>() == process_.pid();
  }
}

MininetLab::MininetLab(const Sandbox& sandbox, const TopologyPlan& topology)
    : MininetLab{sandbox, request_for(topology)} {
  require_same(network_from(built_), topology);
}

MininetLab::MininetLab(const Sandbox& sandbox, const std::string& file, const std::string& topo)
    : MininetLab{sandbox, Json{{"file", fs::weakly_canonical(file).native()},
                               {"topo", topo},
                               {"switch", ""},
                               {"only_look", true},
                               {"slots", Json::array()}}} {}

NetNs MininetLab::node(const std::string& name) const {
  for (const auto& node : built_.at("nodes"))
    if (node.at("name") == name) return namespace_of(node.at("pid"));
  throw MachineError{fmt::format("Mininet built no node '{}'", name)};
}

NetNs MininetLab::slot(const std::string& name) const {
  const auto& slots = built_.at("slots");
  const auto found = slots.find(name);
  if (found == slots.end())
    throw MachineError{
        fmt::format("Mininet made the link of '{}' without a slot for faults: its "
                    "class makes its interfaces in a way of its own",
                    name)};
  return namespace_of(*found);
}

}  // namespace wandrill
