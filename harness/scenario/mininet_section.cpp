// SPDX-License-Identifier: Apache-2.0
#include "scenario/sections.hpp"

namespace wandrill {
namespace {
using enum ValueKind;

/// What the file itself can say, and a scenario in its place.
std::vector<KeyInfo> role_keys() {
  return {
      {.key = "router",
       .kind = kName,
       .documentation = "The node under test.",
       .fallback = "the node that forwards between hosts and the most providers"},
      {.key = "switch",
       .kind = kWord,
       .documentation = "What switches are that the file gives no class: `lxbr` is a Linux bridge, "
                        "`ovs` and `ovsbr` are Open vSwitch.",
       .fallback = "lxbr",
       .words = {"lxbr", "ovs", "ovsbr"}},
      {.key = "wans",
       .kind = kSection,
       .shape = Shape::kMap,
       .documentation = "The router's links that can break, by name.",
       .fallback = "its links to nodes that forward, named after the router's interfaces",
       .section = mininet_wan_section},
      {.key = "inside",
       .kind = kName,
       .shape = Shape::kList,
       .documentation = "The router's interfaces that lead home to a node that forwards, where "
                        "they could be taken for WANs."},
      {.key = "servers",
       .kind = kSection,
       .shape = Shape::kMap,
       .documentation = "More names for addresses of nodes, as traffic can be sent to.",
       .fallback = "every node, under its own name",
       .section = server_section},
      {.key = "services",
       .kind = kSection,
       .shape = Shape::kMap,
       .documentation = "The real server programs that run in the lab, by name; no dhcp.",
       .section = service_section},
  };
}

}  // namespace

const SectionInfo& mininet_section() {
  static const SectionInfo info = [] {
    SectionInfo made{
        "Mininet topology",
        "A Python file with a topology for Mininet, and which part each node has in it.",
        {
            {.key = "mininet",
             .kind = kText,
             .required = true,
             .documentation = "The file, as seen from the scenario's folder."},
            {.key = "topo",
             .kind = kText,
             .documentation = "Which topology of the file, as `mn --topo` has it: a key of `topos` "
                              "or a class, and after commas its arguments.",
             .fallback = "the only one"},
        }};
    for (auto& key : role_keys())
      made.keys.push_back(std::move(key));
    return made;
  }();
  return info;
}

const SectionInfo& mininet_roles_section() {
  static const SectionInfo info{
      "topology's `wandrill`",
      "The same keys, in the attribute `wandrill` of the topology's class.", role_keys()};
  return info;
}

const SectionInfo& mininet_wan_section() {
  static const SectionInfo info{
      "Mininet WAN",
      "A link of the router to a provider.",
      {
          {.key = "interface",
           .kind = kName,
           .documentation = "The router's interface.",
           .fallback = "the WAN's name"},
          {.key = "priority",
           .kind = kCount,
           .documentation = "1 is the primary WAN, 2 the first backup.",
           .fallback = "its place in the list"},
          {.key = "sources",
           .kind = kPrefix,
           .shape = Shape::kList,
           .documentation = "Whose packets the provider forwards; it drops what comes from other "
                            "addresses (BCP 38).",
           .fallback = "the networks of the link"},
          {.key = "not_for",
           .kind = kName,
           .shape = Shape::kList,
           .documentation = "Hosts none of whose traffic may leave by it."},
      }};
  return info;
}

}  // namespace wandrill
