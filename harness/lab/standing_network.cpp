// SPDX-License-Identifier: Apache-2.0
#include "lab/standing_network.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "lab/mininet_look.hpp"
#include "lab/mininet_shells.hpp"
#include "lab/standing_links.hpp"

namespace wandrill {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

/// proc(5), /proc/PID/stat: behind the name, which may hold anything, come state and parent.
pid_t parent_of(const fs::path& process) {
  const auto stat = text_of(process / "stat");
  const auto name_end = stat.rfind(')');
  if (name_end == std::string::npos || name_end + 4 > stat.size()) return -1;
  pid_t parent = -1;
  const auto* end = stat.data() + stat.size();
  std::from_chars(stat.data() + name_end + 4, end, parent);
  return parent;
}

std::vector<ProcessEntry> all_processes() {
  std::vector<ProcessEntry> found;
  for (const auto& entry : fs::directory_iterator{"/proc"}) {
    const auto name = entry.path().filename().native();
    pid_t pid = -1;
    if (std::from_chars(name.data(), name.data() + name.size(), pid).ec != std::errc{}) continue;
    auto command = text_of(entry.path() / "cmdline");
    if (!command.empty())
      found.push_back(
          {.pid = pid, .parent = parent_of(entry.path()), .command = std::move(command)});
  }
  return found;
}

NetNs namespace_of(const MininetShell& shell) {
  const auto path = fmt::format("/proc/{}/ns/net", shell.pid);
  return NetNs::of(UniqueFd{check(::open(path.c_str(), O_RDONLY | O_CLOEXEC),
                                  "open the namespace of the Mininet node '{}'", shell.node)});
}

ino_t number_of(const NetNs& ns) {
  struct stat status {};
  check(::fstat(ns.fd(), &status), "look at a network namespace");
  return status.st_ino;
}

Json description_of(const MininetShell& shell, const NetNs& ns, bool is_apart) {
  Json node{{"name", shell.node},     {"pid", shell.pid},  {"class", "Node"},
            {"is_switch", !is_apart}, {"forwards", false}, {"interfaces", Json::array()}};
  if (is_apart) add_what_is_seen(node, ns);
  return node;
}

/// Switches have no namespace to look into, and no addresses: their ports are those of the links.
void add_ports(Json& nodes, const Json& links) {
  for (auto& node : nodes)
    if (node.at("is_switch"))
      for (const auto& link : links)
        for (const auto* end : {"a", "b"})
          if (link.at(end).at("node") == node.at("name"))
            node["interfaces"].push_back(
                Json{{"name", link.at(end).at("interface")}, {"addresses", Json::array()}});
}

void require_root() {
  if (::geteuid() != 0)
    throw MachineError{
        "a running Mininet network is root's: to attach to it, run wandrill as root (sudo)"};
}

std::optional<pid_t> script_of(const TopologyPlan& topology) {
  const auto script = topology.mininet->script;
  return script == 0 ? std::nullopt : std::optional{static_cast<pid_t>(script)};
}

}  // namespace

StandingNetwork::StandingNetwork(std::optional<pid_t> script) {
  require_root();
  const auto shells = one_network(mininet_shells(all_processes()), script);
  const auto here = NetNs::current();
  const auto machine = number_of(here);
  StandingLinks links{here};
  Json nodes = Json::array();
  for (const auto& shell : shells) {
    auto ns = namespace_of(shell);
    const bool is_apart = number_of(ns) != machine;
    nodes.push_back(description_of(shell, ns, is_apart));
    if (is_apart)
      links.add_node(shell.node, nodes_.emplace(shell.node, std::move(ns)).first->second);
    else
      links.add_switch(shell.node);
  }
  const auto found = links.found();
  add_ports(nodes, found);
  description_ = {{"topo", "A standing network"},
                  {"nodes", nodes},
                  {"links", found},
                  {"roles", Json::object()}};
}

StandingNetwork::StandingNetwork(const TopologyPlan& topology)
    : StandingNetwork{script_of(topology)} {
  require_same(network_from(description_), topology);
}

NetNs StandingNetwork::node(const std::string& name) const {
  const auto found = nodes_.find(name);
  if (found == nodes_.end())
    throw MachineError{fmt::format("the Mininet node '{}' has no namespace of its own", name)};
  return NetNs::of(UniqueFd{
      check(::fcntl(found->second.fd(), F_DUPFD_CLOEXEC, 0), "keep the namespace of {}", name)});
}

}  // namespace wandrill
