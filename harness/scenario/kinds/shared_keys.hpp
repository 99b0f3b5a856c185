// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/defaults.hpp"
#include "scenario/kinds/session_key.hpp"

/// Keys that several kinds of sessions have.
namespace wandrill::session_keys::shared {

inline const SessionKey<Nanos> kInterval{
    {.key = "interval",
     .kind = ValueKind::kDuration,
     .documentation = "Between packets of a flow, for tcp, http, dns and ping between requests; at "
                      "least 1ms, of ping 10ms, of http 20ms.",
     .fallback =
         "rtp, sip and exec 20ms, probe 5ms, tcp and ping 100ms, dns, forbidden and matrix 200ms, "
         "http 500ms; of profile rdp 50ms, idle 10s"}};
inline const SessionKey<Bytes> kPayload{
    {.key = "payload",
     .kind = ValueKind::kSize,
     .documentation =
         "UDP payload, RTP header included, the size of a tcp request, or what an echo carries; "
         "40B to 1452B. Of "
         "http what an answer holds; 0B to 1MB.",
     .fallback = "rtp and sip by the codec, probe, forbidden and matrix 64B, tcp 128B, ping 56B, "
                 "http 10kB"}};
inline const SessionKey<std::uint64_t> kDscp{{.key = "dscp",
                                              .kind = ValueKind::kCount,
                                              .documentation = "The packets' DSCP, 0 to 63.",
                                              .fallback = "rtp and sip 46, else 0"}};
inline const SessionKey<Nanos> kLateAfter{
    {.key = "late_after",
     .kind = ValueKind::kDuration,
     .documentation = "A packet later than this is lost (Forwarding Delay Threshold, RFC 6412).",
     .fallback = to_string(defaults::kLateAfter)}};
inline const SessionKey<std::string> kThrough{
    {.key = "through",
     .kind = ValueKind::kName,
     .documentation = "The tunnel that it goes through, an entry of traffic from the same "
                      "host to the same server."}};
inline const SessionKey<std::string> kTransport{
    {.key = "transport",
     .kind = ValueKind::kWord,
     .documentation =
         "What carries the tunnel, or a phone's signalling; of forbidden and matrix what is "
         "tried: UDP packets, TCP connections (SYN), or both.",
     .fallback = "udp",
     .words = {"udp", "tcp", "both"}}};
inline const SessionKey<Nanos> kKeepalive{
    {.key = "keepalive",
     .kind = ValueKind::kDuration,
     .documentation = "WireGuard's persistent keepalive of the client, OpenVPN's ping of "
                      "both ends, a phone's "
                      "keepalive over TCP; whole seconds, at least 1s.",
     .fallback = "wireguard 25s, openvpn 10s, sip 30s"}};

}  // namespace wandrill::session_keys::shared
