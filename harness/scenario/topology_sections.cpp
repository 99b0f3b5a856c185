// SPDX-License-Identifier: Apache-2.0
#include "scenario/defaults.hpp"
#include "scenario/sections.hpp"

namespace wandrill {
namespace {
using enum ValueKind;
}  // namespace

const SectionInfo& topology_section() {
  static const SectionInfo info{
      "topology",
      "The network around the router under test.",
      {
          {.key = "topology",
           .kind = kName,
           .required = true,
           .documentation = "Its name; best the file's name without .yaml."},
          {.key = "description", .kind = kText, .documentation = "One sentence for people."},
          {.key = "nodes",
           .kind = kSection,
           .shape = Shape::kMap,
           .required = true,
           .documentation = "The nodes, by name.",
           .section = node_section},
          {.key = "segments",
           .kind = kSection,
           .shape = Shape::kMap,
           .documentation = "The networks behind the router, by name.",
           .section = segment_section},
          {.key = "links",
           .kind = kSection,
           .shape = Shape::kList,
           .documentation = "The plain cables.",
           .section = link_section},
          {.key = "wans",
           .kind = kSection,
           .shape = Shape::kMap,
           .required = true,
           .documentation = "The lines that can break, by name; the name is the router's "
                            "interface, so at most 15 characters.",
           .section = wan_section},
          {.key = "servers",
           .kind = kSection,
           .shape = Shape::kMap,
           .documentation = "What traffic can be sent to, by name.",
           .section = server_section},
          {.key = "services",
           .kind = kSection,
           .shape = Shape::kMap,
           .documentation = "The real server programs that run in the lab, by name.",
           .section = service_section},
          {.key = "capacity",
           .kind = kSection,
           .shape = Shape::kMap,
           .documentation = "Classes of traffic and the rates that they need, by name; the most "
                            "important first.",
           .section = capacity_section},
      }};
  return info;
}

const SectionInfo& node_section() {
  static const SectionInfo info{
      "node",
      "One machine.",
      {
          {.key = "kind",
           .kind = kWord,
           .required = true,
           .documentation = "host: at home; router: the device under test; isp: a provider's "
                            "gateway; switch: a bridge; internet: where servers are.",
           .words = {"host", "router", "isp", "switch", "internet"}},
          {.key = "routes",
           .kind = kSection,
           .shape = Shape::kList,
           .documentation = "Routes that the lab installs; not for the router, whose routes are "
                            "its own business.",
           .section = route_section},
          {.key = "segment", .kind = kName, .documentation = "Of a host: the segment it is in."},
          {.key = "addresses",
           .kind = kAddress,
           .shape = Shape::kList,
           .documentation = "Of a host in a segment: its addresses there, at most one per IP "
                            "version."},
      }};
  return info;
}

const SectionInfo& route_section() {
  static const SectionInfo info{
      "route",
      "A static route.",
      {
          {.key = "to",
           .kind = kPrefix,
           .required = true,
           .documentation = "The destination network."},
          {.key = "via", .kind = kAddress, .required = true, .documentation = "The next hop."},
      }};
  return info;
}

const SectionInfo& link_section() {
  static const SectionInfo info{"link",
                                "A cable between two nodes.",
                                {
                                    {.key = "a",
                                     .kind = kSection,
                                     .required = true,
                                     .documentation = "One end.",
                                     .section = link_end_section},
                                    {.key = "b",
                                     .kind = kSection,
                                     .required = true,
                                     .documentation = "The other end.",
                                     .section = link_end_section},
                                }};
  return info;
}

const SectionInfo& link_end_section() {
  static const SectionInfo info{
      "link end",
      "An interface of a node.",
      {
          {.key = "node", .kind = kName, .required = true, .documentation = "The node."},
          {.key = "interface",
           .kind = kName,
           .required = true,
           .documentation = "The interface's name, at most 15 characters."},
          {.key = "addresses",
           .kind = kPrefix,
           .shape = Shape::kList,
           .documentation = "Its addresses, each with the length of its network."},
          {.key = "gateways",
           .kind = kAddress,
           .shape = Shape::kList,
           .documentation = "Of a host: its default routes, one per IP version."},
      }};
  return info;
}

const SectionInfo& wan_section() {
  static const SectionInfo info{
      "WAN",
      "A line between the router and a provider, with a slot in which it can be impaired.",
      {
          {.key = "priority",
           .kind = kCount,
           .required = true,
           .documentation = "1 is the primary WAN, 2 the first backup."},
          {.key = "router",
           .kind = kSection,
           .required = true,
           .documentation = "The router's end.",
           .section = wan_end_section},
          {.key = "isp",
           .kind = kSection,
           .required = true,
           .documentation = "The provider's end; its addresses are the gateways.",
           .section = wan_end_section},
          {.key = "preset",
           .kind = kWord,
           .documentation = "A typical line, see docs/faults.md; what `up` and `down` name wins.",
           .words = {"fibre", "cable", "dsl", "lte", "5g", "starlink", "geo"}},
          {.key = "not_for",
           .kind = kName,
           .shape = Shape::kList,
           .documentation = "Segments and hosts none of whose traffic may leave by it, such as "
                            "guests by a metered line."},
          {.key = "up",
           .kind = kSection,
           .documentation = "The line away from home.",
           .section = line_section},
          {.key = "down",
           .kind = kSection,
           .documentation = "The line towards home.",
           .section = line_section},
      }};
  return info;
}

const SectionInfo& wan_end_section() {
  static const SectionInfo info{
      "WAN end",
      "An end of a WAN; its interface has the WAN's name.",
      {
          {.key = "node", .kind = kName, .required = true, .documentation = "The node."},
          {.key = "addresses",
           .kind = kPrefix,
           .shape = Shape::kList,
           .required = true,
           .documentation = "Its addresses, at most one per IP version."},
      }};
  return info;
}

const SectionInfo& line_section() {
  static const SectionInfo info{
      "line",
      "One direction of a WAN while nothing is broken.",
      {
          {.key = "rate", .kind = kRate, .documentation = "Its rate.", .fallback = "unlimited"},
          {.key = "delay",
           .kind = kDuration,
           .documentation = "Its one-way delay.",
           .fallback = "0s"},
          {.key = "jitter",
           .kind = kDuration,
           .documentation = "The delay varies by this much up and down; order is kept.",
           .fallback = "0s"},
          {.key = "loss",
           .kind = kPercent,
           .documentation = "The share of frames lost at random.",
           .fallback = "0%"},
          {.key = "queue",
           .kind = kSize,
           .documentation = "The most bytes that wait for the line.",
           .fallback = "from rate and delay, at least 1000 frames"},
      }};
  return info;
}

const SectionInfo& server_section() {
  static const SectionInfo info{"server",
                                "Something to talk to, with addresses of its own on its node.",
                                {
                                    {.key = "node",
                                     .kind = kName,
                                     .required = true,
                                     .documentation = "The node that it is on, of kind internet."},
                                    {.key = "addresses",
                                     .kind = kAddress,
                                     .shape = Shape::kList,
                                     .required = true,
                                     .documentation = "At most one per IP version."},
                                }};
  return info;
}

const SectionInfo& service_section() {
  static const SectionInfo info{
      "service",
      "A real server program, started before the router.",
      {
          {.key = "kind",
           .kind = kWord,
           .required = true,
           .documentation = "dns: answers for the names of servers and hosts; dhcp: gives the "
                            "router its IPv4 address on a WAN; monitor: hears alerts.",
           .words = {"dns", "dhcp", "monitor"}},
          {.key = "on",
           .kind = kName,
           .required = true,
           .documentation =
               "Of dns: the server; of dhcp: the WAN, on whose ISP it runs; of monitor: the "
               "host."},
          {.key = "zone",
           .kind = kName,
           .documentation = "Of dns: the common end of all names, as in web.test.",
           .fallback = std::string{defaults::kZone}},
          {.key = "lease",
           .kind = kDuration,
           .documentation = "Of dhcp: how long the address is given for; the router is to renew it "
                            "after half of that.",
           .fallback = to_string(defaults::kLease)},
      }};
  return info;
}

}  // namespace wandrill
