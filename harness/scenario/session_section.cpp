// SPDX-License-Identifier: Apache-2.0
#include "scenario/decode_parts.hpp"
#include "scenario/defaults.hpp"
#include "scenario/sections.hpp"

namespace wandrill {
namespace {
using enum ValueKind;
}  // namespace

const SectionInfo& session_section() {
  static const SectionInfo info{
      "session",
      "Live traffic between a host at home and a server; each direction is a flow of its own.",
      {
          {.key = "kind",
           .kind = kWord,
           .required = true,
           .documentation = "rtp: a call; probe: a dense ruler of small UDP packets; tcp: an "
                            "interactive session of requests and replies.",
           .words = {"rtp", "probe", "tcp"}},
          {.key = "from",
           .kind = kName,
           .required = true,
           .documentation = "A host of the topology."},
          {.key = "to",
           .kind = kName,
           .required = true,
           .documentation = "A server of the topology, or another host."},
          {.key = "family",
           .kind = kWord,
           .documentation = "The IP version.",
           .fallback = "ipv4",
           .words = {"ipv4", "ipv6"}},
          {.key = "codec",
           .kind = kWord,
           .documentation = "Of rtp: what the payload is.",
           .fallback = "g711",
           .words = {"g711"},
           .only_of = {"rtp"}},
          {.key = "interval",
           .kind = kDuration,
           .documentation = "Between packets of a flow, for tcp between requests; at least 1ms.",
           .fallback = "rtp 20ms, probe 5ms, tcp 100ms"},
          {.key = "payload",
           .kind = kSize,
           .documentation =
               "UDP payload, RTP header included, or the size of a tcp request; 40B to 1452B.",
           .fallback = "rtp 172B, probe 64B, tcp 128B"},
          {.key = "calls",
           .kind = kCount,
           .documentation = "Of rtp: how many calls, named call.1, call.2 and so on.",
           .fallback = "1",
           .only_of = {"rtp"}},
          {.key = "dscp",
           .kind = kCount,
           .documentation = "The packets' DSCP, 0 to 63.",
           .fallback = "rtp 46, else 0"},
          {.key = "late_after",
           .kind = kDuration,
           .documentation =
               "A packet later than this is lost (Forwarding Delay Threshold, RFC 6412).",
           .fallback = to_string(defaults::kLateAfter)},
      }};
  return info;
}

SessionSpec decode_session(const YamlEntry& entry) {
  const Fields fields{entry.value};
  SessionSpec spec{
      .name = {entry.key, entry.place},
      .kind = or_empty(fields.text("kind"), entry.place),
      .from = or_empty(fields.text("from"), entry.place),
      .to = or_empty(fields.text("to"), entry.place),
      .family = fields.text("family"),
      .codec = fields.text("codec"),
      .interval = fields.duration("interval"),
      .payload = fields.size("payload"),
      .calls = fields.count("calls"),
      .dscp = fields.count("dscp"),
      .late_after = fields.duration("late_after"),
  };
  for (const auto& key : entry.value.entries)
    spec.keys.push_back({key.key, key.place});
  return spec;
}

}  // namespace wandrill
