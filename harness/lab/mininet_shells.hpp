// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace wandrill {

/// A process as proc(5) shows it.
struct ProcessEntry {
  pid_t pid = -1;
  pid_t parent = -1;
  std::string command;  ///< /proc/PID/cmdline: each argument ends with a NUL.
};

/// The shell that Mininet has started for a node, in the node's namespace.
struct MininetShell {
  std::string node;
  pid_t pid = -1;
  pid_t script = -1;  ///< The process that holds the network.
};

/// Those among all processes of a machine, by pid: shells "bash … -is mininet:NODE", as
/// mininet/node.py of Mininet 2.3 starts them "to make process easy to find in ps".
std::vector<MininetShell> mininet_shells(const std::vector<ProcessEntry>& processes);

/// Those of one network: of this script, or of the only one that there is. Throws MachineError with
/// what to do when there is none, or there are several.
std::vector<MininetShell> one_network(std::vector<MininetShell> shells,
                                      std::optional<pid_t> script);

}  // namespace wandrill
