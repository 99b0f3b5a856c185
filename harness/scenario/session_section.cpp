// SPDX-License-Identifier: Apache-2.0
#include "scenario/decode_parts.hpp"
#include "scenario/defaults.hpp"
#include "scenario/sections.hpp"

namespace wandrill {
namespace {
using enum ValueKind;

Placed<std::string> first_or_empty(const std::vector<Placed<std::string>>& values,
                                   const Place& place) {
  return values.empty() ? Placed<std::string>{.place = place} : values.front();
}
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
                            "interactive session of requests and replies; dns: queries, "
                            "each of its own; bulk: as many bytes as the path carries; wireguard, "
                            "openvpn: a tunnel, for sessions that go through it; forbidden: "
                            "packets that must not arrive.",
           .words = {"rtp", "probe", "tcp", "dns", "bulk", "wireguard", "openvpn", "forbidden"}},
          {.key = "from",
           .kind = kName,
           .shape = Shape::kList,
           .required = true,
           .documentation = "A host of the topology; of forbidden also a server or an ISP, and "
                            "several of them."},
          {.key = "to",
           .kind = kName,
           .shape = Shape::kList,
           .required = true,
           .documentation = "A server of the topology, or another host; of dns also the router; of "
                            "forbidden several."},
          {.key = "family",
           .kind = kWord,
           .documentation = "The IP version.",
           .fallback = "ipv4",
           .words = {"ipv4", "ipv6"}},
          {.key = "ask_for",
           .kind = kName,
           .documentation = "The server or host whose address is asked for.",
           .fallback = "the topology's first server",
           .only_of = {"dns"}},
          {.key = "codec",
           .kind = kWord,
           .documentation = "What a call's voice is coded with, see below.",
           .fallback = "g711",
           .words = {"g711", "g711_without_plc", "g729a", "opus"},
           .only_of = {"rtp"}},
          {.key = "ie",
           .kind = kBound,
           .documentation = "Equipment impairment of the codec, Ie of ITU-T G.107, 0 to 95.",
           .fallback = "the codec's",
           .only_of = {"rtp"}},
          {.key = "bpl",
           .kind = kBound,
           .documentation = "Packet-loss robustness of the codec, Bpl of ITU-T G.107, 1 to 100.",
           .fallback = "the codec's",
           .only_of = {"rtp"}},
          {.key = "playout",
           .kind = kDuration,
           .documentation = "Length of the receivers' playout buffer: a packet that comes later is "
                            "discarded, and not heard.",
           .fallback = to_string(defaults::kPlayout),
           .only_of = {"rtp"}},
          {.key = "through",
           .kind = kName,
           .documentation = "The tunnel that it goes through, an entry of traffic from the same "
                            "host to the same server.",
           .only_of = {"rtp", "probe", "tcp"}},
          {.key = "transport",
           .kind = kWord,
           .documentation = "What carries the tunnel.",
           .fallback = "udp",
           .words = {"udp", "tcp"},
           .only_of = {"openvpn"}},
          {.key = "keepalive",
           .kind = kDuration,
           .documentation =
               "WireGuard's persistent keepalive of the client, OpenVPN's ping of both ends; whole "
               "seconds, at least 1s.",
           .fallback = "wireguard 25s, openvpn 10s",
           .only_of = {"wireguard", "openvpn"}},
          {.key = "restart_after",
           .kind = kDuration,
           .documentation = "OpenVPN's ping-restart: an end that hears nothing for so long begins "
                            "anew; whole seconds, at least twice keepalive.",
           .fallback = "60s",
           .only_of = {"openvpn"}},
          {.key = "direction",
           .kind = kWord,
           .documentation = "Which way the bytes go; up is away from home.",
           .fallback = "up",
           .words = {"up", "down", "both"},
           .only_of = {"bulk"}},
          {.key = "rate",
           .kind = kRate,
           .documentation = "What the sender has to give, as a camera; without it there is no end.",
           .only_of = {"bulk"}},
          {.key = "interval",
           .kind = kDuration,
           .documentation =
               "Between packets of a flow, for tcp and dns between requests; at least 1ms.",
           .fallback = "rtp 20ms, probe 5ms, tcp 100ms, dns and forbidden 200ms",
           .only_of = {"rtp", "probe", "tcp", "dns", "forbidden"}},
          {.key = "payload",
           .kind = kSize,
           .documentation =
               "UDP payload, RTP header included, or the size of a tcp request; 40B to 1452B.",
           .fallback = "rtp by its codec, probe and forbidden 64B, tcp 128B",
           .only_of = {"rtp", "probe", "tcp", "forbidden"}},
          {.key = "calls",
           .kind = kCount,
           .documentation = "Of rtp: how many calls, named call.1, call.2 and so on.",
           .fallback = "1",
           .only_of = {"rtp"}},
          {.key = "dscp",
           .kind = kCount,
           .documentation = "The packets' DSCP, 0 to 63.",
           .fallback = "rtp 46, else 0",
           .only_of = {"rtp", "probe", "tcp", "dns", "bulk", "forbidden"}},
          {.key = "late_after",
           .kind = kDuration,
           .documentation =
               "A packet later than this is lost (Forwarding Delay Threshold, RFC 6412).",
           .fallback = to_string(defaults::kLateAfter),
           .only_of = {"rtp", "probe", "tcp", "dns", "forbidden"}},
      }};
  return info;
}

SessionSpec decode_session(const YamlEntry& entry) {
  const Fields fields{entry.value};
  SessionSpec spec{
      .name = {entry.key, entry.place},
      .kind = or_empty(fields.text("kind"), entry.place),
      .from = first_or_empty(fields.texts("from"), entry.place),
      .to = first_or_empty(fields.texts("to"), entry.place),
      .all_from = fields.texts("from"),
      .all_to = fields.texts("to"),
      .family = fields.text("family"),
      .ask_for = fields.text("ask_for"),
      .codec = fields.text("codec"),
      .ie = fields.text("ie"),
      .bpl = fields.text("bpl"),
      .playout = fields.duration("playout"),
      .through = fields.text("through"),
      .transport = fields.text("transport"),
      .keepalive = fields.duration("keepalive"),
      .restart_after = fields.duration("restart_after"),
      .direction = fields.text("direction"),
      .rate = fields.rate("rate"),
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
