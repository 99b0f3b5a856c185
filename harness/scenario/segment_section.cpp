// SPDX-License-Identifier: Apache-2.0
#include "scenario/sections.hpp"

namespace wandrill {

const SectionInfo& segment_section() {
  using enum ValueKind;
  static const SectionInfo info{
      "segment",
      "A network behind the router, apart from the others.",
      {
          {.key = "vlan",
           .kind = kCount,
           .documentation = "Its 802.1Q tag on the one trunk between the router and a switch, 1 to "
                            "4094; without it the segment has a port of the router to itself."},
          {.key = "gateways",
           .kind = kPrefix,
           .shape = Shape::kList,
           .required = true,
           .documentation = "The router's addresses in it, each with the length of its network; at "
                            "most one per IP version."},
      }};
  return info;
}

}  // namespace wandrill
