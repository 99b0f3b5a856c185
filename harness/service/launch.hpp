// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "plan/topology/topology_plan.hpp"

namespace wandrill {

/// How a service's server is started.
struct ServiceLaunch {
  std::string node;                    ///< In whose namespace.
  std::string program;                 ///< "dnsdist"
  std::string package;                 ///< Debian's, which has it.
  std::vector<std::string> arguments;  ///< Of the program.
  std::map<std::string, std::string> environment;
  /// Files of service_folder(), written before the start.
  std::vector<std::pair<std::string, std::string>> files;
  std::string ready;  ///< It is ready once a line of its output matches (RE2).
  /// Run a copy in service_folder(): the host confines this program by its path (AppArmor) to the
  /// host's own configuration, which this one is not.
  bool as_copy = false;
};

/// The private folder of a service within the cell: configuration, control, state.
std::filesystem::path service_folder(const std::string& service);

/// By the service's kind.
ServiceLaunch launch_of(const ServicePlan& service, const TopologyPlan& topology);

}  // namespace wandrill
