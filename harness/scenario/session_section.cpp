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
           .documentation = "rtp: a call; sip: a phone that registers and places calls; "
                            "exec: programs of your own, whose RTP is measured; probe: a "
                            "dense ruler of small UDP packets; tcp: an "
                            "interactive session of requests and replies; http: requests "
                            "of a web server; dns: queries, each of its own; bulk: as many bytes "
                            "as the path carries; wireguard, "
                            "openvpn: a tunnel, for sessions that go through it; forbidden: "
                            "packets that must not arrive; matrix: packets of which those that "
                            "arrive must be the same on every WAN.",
           .words = {"rtp", "sip", "exec", "probe", "tcp", "http", "dns", "bulk", "wireguard",
                     "openvpn", "forbidden", "matrix"}},
          {.key = "from",
           .kind = kName,
           .shape = Shape::kList,
           .required = true,
           .documentation =
               "A host of the topology; of forbidden and matrix also a segment (each of its "
               "hosts) or 'segments' (all of them), and several; of forbidden also a server, an "
               "ISP or 'isps'."},
          {.key = "to",
           .kind = kName,
           .shape = Shape::kList,
           .required = true,
           .documentation = "A server of the topology, or another host; of dns also the router; of "
                            "forbidden and matrix also a segment or 'segments', and several."},
          {.key = "family",
           .kind = kWord,
           .documentation = "The IP version; both is for forbidden and matrix.",
           .fallback = "ipv4",
           .words = {"ipv4", "ipv6", "both"}},
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
           .only_of = {"rtp", "sip", "exec"}},
          {.key = "ie",
           .kind = kBound,
           .documentation = "Equipment impairment of the codec, Ie of ITU-T G.107, 0 to 95.",
           .fallback = "the codec's",
           .only_of = {"rtp", "sip", "exec"}},
          {.key = "bpl",
           .kind = kBound,
           .documentation = "Packet-loss robustness of the codec, Bpl of ITU-T G.107, 1 to 100.",
           .fallback = "the codec's",
           .only_of = {"rtp", "sip", "exec"}},
          {.key = "playout",
           .kind = kDuration,
           .documentation = "Length of the receivers' playout buffer: a packet that comes later is "
                            "discarded, and not heard.",
           .fallback = to_string(defaults::kPlayout),
           .only_of = {"rtp", "sip", "exec"}},
          {.key = "through",
           .kind = kName,
           .documentation = "The tunnel that it goes through, an entry of traffic from the same "
                            "host to the same server.",
           .only_of = {"rtp", "probe", "tcp"}},
          {.key = "transport",
           .kind = kWord,
           .documentation =
               "What carries the tunnel, or a phone's signalling; of forbidden and matrix what is "
               "tried: UDP packets, TCP connections (SYN), or both.",
           .fallback = "udp",
           .words = {"udp", "tcp", "both"},
           .only_of = {"openvpn", "sip", "forbidden", "matrix"}},
          {.key = "port",
           .kind = kCount,
           .documentation = "The port that is asked for, 1 to 65535.",
           .fallback = "one of its own",
           .only_of = {"forbidden", "matrix"}},
          {.key = "keepalive",
           .kind = kDuration,
           .documentation = "WireGuard's persistent keepalive of the client, OpenVPN's ping of "
                            "both ends, a phone's "
                            "keepalive over TCP; whole seconds, at least 1s.",
           .fallback = "wireguard 25s, openvpn 10s, sip 30s",
           .only_of = {"wireguard", "openvpn", "sip"}},
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
          {.key = "starts",
           .kind = kDuration,
           .documentation = "When, after the timeline's start; the steady state before the first "
                            "fault is one without it.",
           .fallback = "0s",
           .only_of = {"bulk"}},
          {.key = "connection",
           .kind = kWord,
           .documentation = "new: each request opens one of its own; kept: all go over one, which "
                            "is opened again when it is lost.",
           .fallback = "new",
           .words = {"new", "kept"},
           .only_of = {"http"}},
          {.key = "profile",
           .kind = kWord,
           .documentation = "steady: a request each interval; rdp: irregular requests and longer "
                            "replies, as of a remote desktop; idle: hardly ever used, and kept "
                            "alive.",
           .fallback = "steady",
           .words = {"steady", "rdp", "idle"},
           .only_of = {"tcp"}},
          {.key = "keepalive_after",
           .kind = kDuration,
           .documentation = "Of rdp and idle: TCP asks whether the other end is there after so "
                            "long without data (TCP_KEEPIDLE); whole seconds.",
           .fallback = to_string(defaults::kTcpKeepaliveAfter),
           .only_of = {"tcp"}},
          {.key = "keepalive_every",
           .kind = kDuration,
           .documentation = "Then again each so long (TCP_KEEPINTVL); whole seconds.",
           .fallback = to_string(defaults::kTcpKeepaliveEvery),
           .only_of = {"tcp"}},
          {.key = "keepalive_count",
           .kind = kCount,
           .documentation = "After so many in vain the connection is lost (TCP_KEEPCNT).",
           .fallback = std::to_string(defaults::kTcpKeepaliveCount),
           .only_of = {"tcp"}},
          {.key = "register_every",
           .kind = kDuration,
           .documentation = "How often the phone registers again.",
           .fallback = "60s",
           .only_of = {"sip"}},
          {.key = "expires",
           .kind = kDuration,
           .documentation = "How long the far end believes a registration, in whole seconds; it "
                            "does not ask for the phone afterwards.",
           .fallback = "twice register_every",
           .only_of = {"sip"}},
          {.key = "options_every",
           .kind = kDuration,
           .documentation = "How often the far end asks whether the phone is there (OPTIONS).",
           .fallback = "10s",
           .only_of = {"sip"}},
          {.key = "talk",
           .kind = kDuration,
           .documentation = "How long each call is; 0s: until the end.",
           .fallback = "0s",
           .only_of = {"sip"}},
          {.key = "pause",
           .kind = kDuration,
           .documentation = "From the end of a call, or a call that failed, to the next.",
           .fallback = "1s",
           .only_of = {"sip"}},
          {.key = "rtp_timeout",
           .kind = kDuration,
           .documentation = "The phone hangs up after so long without voice.",
           .fallback = "30s",
           .only_of = {"sip"}},
          {.key = "far_end_rtp_timeout",
           .kind = kDuration,
           .documentation = "The far end hangs up after so long without voice.",
           .fallback = "rtp_timeout",
           .only_of = {"sip"}},
          {.key = "refresh_every",
           .kind = kDuration,
           .documentation = "The session timer: a re-INVITE this often during a call; the session "
                            "expires after twice as long.",
           .fallback = "900s",
           .only_of = {"sip"}},
          {.key = "peer",
           .kind = kWord,
           .documentation = "What the far end does about voice from another address, see below.",
           .fallback = "latching",
           .words = {"latching", "handover", "strict", "reinvite"},
           .only_of = {"sip"}},
          {.key = "like",
           .kind = kWord,
           .documentation = "A latching peer has the rules of this program, see below.",
           .words = {"asterisk", "freeswitch", "rtpengine"},
           .only_of = {"sip"}},
          {.key = "learn_after",
           .kind = kCount,
           .documentation = "Packets in a row from the new address until a latching peer follows.",
           .fallback = "4",
           .only_of = {"sip"}},
          {.key = "learn_for",
           .kind = kDuration,
           .documentation =
               "For how long after a call began, or was signalled anew, a latching peer "
               "follows; 0s: always.",
           .fallback = "0s",
           .only_of = {"sip"}},
          {.key = "strangers",
           .kind = kWord,
           .documentation = "Whether a latching peer hears voice from an address that it does not "
                            "follow.",
           .fallback = "dropped",
           .words = {"dropped", "heard"},
           .only_of = {"sip"}},
          {.key = "run",
           .kind = kText,
           .shape = Shape::kList,
           .documentation = "The client's command, word by word; with placeholders, see below.",
           .only_of = {"exec"}},
          {.key = "answer",
           .kind = kText,
           .shape = Shape::kList,
           .documentation = "The server's command, started first.",
           .only_of = {"exec"}},
          {.key = "files",
           .kind = kText,
           .shape = Shape::kMap,
           .documentation = "Files by name, put into the folder that ${files} stands for.",
           .only_of = {"exec"}},
          {.key = "interval",
           .kind = kDuration,
           .documentation = "Between packets of a flow, for tcp, http and dns between requests; at "
                            "least 1ms, of "
                            "http 20ms.",
           .fallback =
               "rtp, sip and exec 20ms, probe 5ms, tcp 100ms, dns, forbidden and matrix 200ms, "
               "http 500ms; of profile rdp 50ms, idle 10s",
           .only_of = {"rtp", "sip", "exec", "probe", "tcp", "http", "dns", "forbidden", "matrix"}},
          {.key = "payload",
           .kind = kSize,
           .documentation =
               "UDP payload, RTP header included, or the size of a tcp request; 40B to 1452B. Of "
               "http what an answer holds; 0B to 1MB.",
           .fallback =
               "rtp and sip by the codec, probe, forbidden and matrix 64B, tcp 128B, http 10kB",
           .only_of = {"rtp", "sip", "probe", "tcp", "http", "forbidden", "matrix"}},
          {.key = "calls",
           .kind = kCount,
           .documentation = "Of rtp: how many calls, named call.1, call.2 and so on.",
           .fallback = "1",
           .only_of = {"rtp"}},
          {.key = "dscp",
           .kind = kCount,
           .documentation = "The packets' DSCP, 0 to 63.",
           .fallback = "rtp and sip 46, else 0",
           .only_of = {"rtp", "sip", "probe", "tcp", "http", "dns", "bulk", "forbidden", "matrix"}},
          {.key = "late_after",
           .kind = kDuration,
           .documentation =
               "A packet later than this is lost (Forwarding Delay Threshold, RFC 6412).",
           .fallback = to_string(defaults::kLateAfter),
           .only_of = {"rtp", "sip", "exec", "probe", "tcp", "http", "dns", "forbidden", "matrix"}},
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
      .port = fields.count("port"),
      .keepalive = fields.duration("keepalive"),
      .restart_after = fields.duration("restart_after"),
      .direction = fields.text("direction"),
      .rate = fields.rate("rate"),
      .starts = fields.duration("starts"),
      .connection = fields.text("connection"),
      .profile = fields.text("profile"),
      .keepalive_after = fields.duration("keepalive_after"),
      .keepalive_every = fields.duration("keepalive_every"),
      .keepalive_count = fields.count("keepalive_count"),
      .register_every = fields.duration("register_every"),
      .options_every = fields.duration("options_every"),
      .talk = fields.duration("talk"),
      .pause = fields.duration("pause"),
      .rtp_timeout = fields.duration("rtp_timeout"),
      .far_end_rtp_timeout = fields.duration("far_end_rtp_timeout"),
      .expires = fields.duration("expires"),
      .refresh_every = fields.duration("refresh_every"),
      .peer = fields.text("peer"),
      .like = fields.text("like"),
      .learn_after = fields.count("learn_after"),
      .learn_for = fields.duration("learn_for"),
      .strangers = fields.text("strangers"),
      .run = fields.texts("run"),
      .answer = fields.texts("answer"),
      .files = fields.map("files"),
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
