// SPDX-License-Identifier: Apache-2.0
#include "scenario/defaults.hpp"
#include "scenario/sections.hpp"

namespace wandrill {
namespace {
using enum ValueKind;
}  // namespace

const SectionInfo& router_section() {
  static const SectionInfo info{
      "router profile",
      "A device under test: files, processes, commands, and what its log means.",
      {
          {.key = "router",
           .kind = kName,
           .required = true,
           .documentation =
               "Its name; best the file's path below topologies/routers without .yaml."},
          {.key = "extends",
           .kind = kName,
           .documentation =
               "The profile that this one changes; what is not named here is as there."},
          {.key = "description", .kind = kText, .documentation = "One sentence for people."},
          {.key = "parameters",
           .kind = kText,
           .shape = Shape::kMap,
           .documentation = "Values for placeholders. A profile that extends another may only "
                            "change parameters that are there."},
          {.key = "sysctls",
           .kind = kText,
           .shape = Shape::kMap,
           .documentation = "Kernel settings of the router's network namespace; only those below "
                            "`net.` that each namespace has for itself."},
          {.key = "nft",
           .kind = kText,
           .documentation = "A ruleset in nft's own syntax, loaded before the processes start."},
          {.key = "files",
           .kind = kText,
           .shape = Shape::kMap,
           .documentation = "Files by name, put into the folder that ${files} stands for."},
          {.key = "processes",
           .kind = kSection,
           .shape = Shape::kList,
           .documentation = "The programs, started in this order.",
           .section = process_section},
          {.key = "commands",
           .kind = kText,
           .shape = Shape::kMapOfLists,
           .documentation =
               "What a timeline's command step can run: program and arguments; no shell."},
          {.key = "log",
           .kind = kSection,
           .documentation = "What the lines of its log mean.",
           .section = log_section},
      }};
  return info;
}

const SectionInfo& process_section() {
  static const SectionInfo info{
      "process",
      "A program of the router.",
      {
          {.key = "name", .kind = kName, .required = true, .documentation = "Its name in the log."},
          {.key = "command",
           .kind = kText,
           .shape = Shape::kList,
           .required = true,
           .documentation = "Program and arguments; no shell."},
          {.key = "ready",
           .kind = kText,
           .documentation = "A regular expression (RE2); the program is ready once a line "
                            "of its output matches.",
           .fallback = "ready at once"},
          {.key = "ready_within",
           .kind = kDuration,
           .documentation = "How long that may take.",
           .fallback = to_string(defaults::kReadyWithin)},
      }};
  return info;
}

const SectionInfo& log_section() {
  static const SectionInfo info{
      "log section",
      "Regular expressions (RE2) for the lines of the router's log; the first group is the "
      "WAN's name.",
      {
          {.key = "stamp",
           .kind = kText,
           .documentation = "Its first group is the line's CLOCK_MONOTONIC stamp in seconds.",
           .fallback = "the line's arrival counts"},
          {.key = "wan_down",
           .kind = kText,
           .shape = Shape::kList,
           .documentation = "The router takes the WAN for dead."},
          {.key = "wan_up",
           .kind = kText,
           .shape = Shape::kList,
           .documentation = "The router takes the WAN for usable."},
          {.key = "switch",
           .kind = kText,
           .shape = Shape::kList,
           .documentation = "The router sends traffic by the WAN from now on."},
      }};
  return info;
}

std::vector<const SectionInfo*> all_sections() {
  return {
      &scenario_section(),   &steady_section(),    &session_section(),     &step_section(),
      &filter_section(),     &burst_section(),     &repeat_section(),      &random_section(),
      &abort_section(),      &condition_section(), &expectation_section(), &topology_section(),
      &node_section(),       &segment_section(),   &route_section(),       &link_section(),
      &link_end_section(),   &wan_section(),       &wan_end_section(),     &line_section(),
      &server_section(),     &service_section(),   &capacity_section(),    &router_section(),
      &process_section(),    &log_section(),       &mininet_section(),     &mininet_roles_section(),
      &mininet_wan_section()};
}

}  // namespace wandrill
