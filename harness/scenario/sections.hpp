// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/section.hpp"

namespace wandrill {

/// The tables of every section of the YAML language.
const SectionInfo& scenario_section();
const SectionInfo& steady_section();
const SectionInfo& session_section();
const SectionInfo& step_section();
const SectionInfo& filter_section();
const SectionInfo& burst_section();
const SectionInfo& repeat_section();
const SectionInfo& random_section();
const SectionInfo& abort_section();
const SectionInfo& condition_section();
const SectionInfo& expectation_section();
const SectionInfo& topology_section();
const SectionInfo& node_section();
const SectionInfo& segment_section();
const SectionInfo& route_section();
const SectionInfo& link_section();
const SectionInfo& link_end_section();
const SectionInfo& wan_section();
const SectionInfo& wan_end_section();
const SectionInfo& line_section();
const SectionInfo& server_section();
const SectionInfo& service_section();
const SectionInfo& capacity_section();
const SectionInfo& mininet_section();
const SectionInfo& mininet_roles_section();
const SectionInfo& mininet_wan_section();
const SectionInfo& router_section();
const SectionInfo& process_section();
const SectionInfo& log_section();

/// All of them, for the documentation's test.
std::vector<const SectionInfo*> all_sections();

}  // namespace wandrill
