// SPDX-License-Identifier: Apache-2.0
#include "scenario/defaults.hpp"
#include "scenario/sections.hpp"

namespace wandrill {
namespace {
using enum ValueKind;
}  // namespace

const SectionInfo& filter_section() {
  static const SectionInfo info{
      "filter",
      "Which IP packets a fault on a line concerns: those that match everything given.",
      {
          {.key = "family",
           .kind = kWord,
           .documentation = "The IP version.",
           .fallback = "both",
           .words = {"ipv4", "ipv6"}},
          {.key = "protocol",
           .kind = kText,
           .documentation = "udp, tcp, sctp, icmp (ICMPv6 in IPv6), esp, ah, gre, or a number.",
           .fallback = "every one"},
          {.key = "port",
           .kind = kText,
           .documentation = "The source or the destination port, or a range: 16384-32767. Needs "
                            "a protocol that has ports.",
           .fallback = "every one"},
          {.key = "source_port",
           .kind = kText,
           .documentation = "The source port, or a range.",
           .fallback = "every one"},
          {.key = "destination_port",
           .kind = kText,
           .documentation = "The destination port, or a range.",
           .fallback = "every one"},
          {.key = "dscp",
           .kind = kText,
           .documentation = "The DSCP by name (ef, af41, cs5, default, …) or from 0 to 63.",
           .fallback = "every one"},
          {.key = "min_size",
           .kind = kSize,
           .documentation = "The shortest packet, its IP header included.",
           .fallback = "none"},
          {.key = "max_size",
           .kind = kSize,
           .documentation = "The longest packet, its IP header included.",
           .fallback = "none"},
      }};
  return info;
}

}  // namespace wandrill
