// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/topology.hpp"
#include "scenario/yaml_tree.hpp"

namespace wandrill {

// Parts that topologies in YAML and those of Mininet files share.
ServerSpec decode_server(const YamlEntry& entry);
ServiceSpec decode_service(const YamlEntry& entry);

}  // namespace wandrill
