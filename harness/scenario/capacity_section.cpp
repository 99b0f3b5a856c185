// SPDX-License-Identifier: Apache-2.0
#include "scenario/sections.hpp"

namespace wandrill {

const SectionInfo& capacity_section() {
  using enum ValueKind;
  static const SectionInfo info{
      "capacity class",
      "A class of traffic, with the rate that it needs; those that matter most come first.",
      {
          {.key = "up", .kind = kRate, .documentation = "What it needs away from home."},
          {.key = "down", .kind = kRate, .documentation = "What it needs towards home."},
          {.key = "dscp",
           .kind = kCount,
           .documentation = "Sessions with this DSCP belong to it, 0 to 63."},
          {.key = "from",
           .kind = kName,
           .shape = Shape::kList,
           .documentation = "Sessions of these hosts belong to it."},
          {.key = "guaranteed",
           .kind = kYesNo,
           .documentation = "It must fit on every WAN by itself: a topology in which it does not "
                            "is a mistake.",
           .fallback = "no"},
      }};
  return info;
}

}  // namespace wandrill
