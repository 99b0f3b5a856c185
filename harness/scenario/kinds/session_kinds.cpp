// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "scenario/kinds/bulk_keys.hpp"
#include "scenario/kinds/dns_keys.hpp"
#include "scenario/kinds/exec_keys.hpp"
#include "scenario/kinds/http_keys.hpp"
#include "scenario/kinds/openvpn_keys.hpp"
#include "scenario/kinds/policy_keys.hpp"
#include "scenario/kinds/rtp_keys.hpp"
#include "scenario/kinds/shared_keys.hpp"
#include "scenario/kinds/sip_keys.hpp"
#include "scenario/kinds/tcp_keys.hpp"
#include "scenario/kinds/voice_keys.hpp"

namespace wandrill {

const std::vector<KindKeys>& session_kind_keys() {
  using namespace session_keys;
  static const std::vector<KindKeys> all{
      {.kind = "rtp",
       .summary = "a call",
       .keys = {&voice::kCodec, &voice::kIe, &voice::kBpl, &voice::kPlayout, &shared::kThrough,
                &shared::kInterval, &shared::kPayload, &rtp::kCalls, &shared::kDscp,
                &shared::kLateAfter}},
      {.kind = "sip",
       .summary = "a phone that registers and places calls",
       .keys =
           {&voice::kCodec,          &voice::kIe,         &voice::kBpl,         &voice::kPlayout,
            &shared::kTransport,     &shared::kKeepalive, &sip::kRegisterEvery, &sip::kExpires,
            &sip::kOptionsEvery,     &sip::kTalk,         &sip::kPause,         &sip::kRtpTimeout,
            &sip::kFarEndRtpTimeout, &sip::kRefreshEvery, &sip::kPeer,          &sip::kLike,
            &sip::kLearnAfter,       &sip::kLearnFor,     &sip::kStrangers,     &shared::kInterval,
            &shared::kPayload,       &shared::kDscp,      &shared::kLateAfter}},
      {.kind = "exec",
       .summary = "programs of your own, whose RTP is measured",
       .keys = {&voice::kCodec, &voice::kIe, &voice::kBpl, &voice::kPlayout, &exec::kRun,
                &exec::kAnswer, &exec::kFiles, &shared::kInterval, &shared::kLateAfter}},
      {.kind = "probe",
       .summary = "a dense ruler of small UDP packets",
       .keys = {&shared::kThrough, &shared::kInterval, &shared::kPayload, &shared::kDscp,
                &shared::kLateAfter}},
      {.kind = "tcp",
       .summary = "an interactive session of requests and replies",
       .keys = {&shared::kThrough, &tcp::kProfile, &tcp::kKeepaliveAfter, &tcp::kKeepaliveEvery,
                &tcp::kKeepaliveCount, &shared::kInterval, &shared::kPayload, &shared::kDscp,
                &shared::kLateAfter}},
      {.kind = "http",
       .summary = "requests of a web server",
       .keys = {&http::kConnection, &shared::kInterval, &shared::kPayload, &shared::kDscp,
                &shared::kLateAfter}},
      {.kind = "dns",
       .summary = "queries, each of its own",
       .keys = {&dns::kAskFor, &shared::kInterval, &shared::kDscp, &shared::kLateAfter}},
      {.kind = "bulk",
       .summary = "as many bytes as the path carries",
       .keys = {&bulk::kDirection, &bulk::kRate, &bulk::kStarts, &shared::kDscp}},
      {.kind = "wireguard",
       .summary = "a tunnel, for sessions that go through it",
       .keys = {&shared::kKeepalive}},
      {.kind = "openvpn",
       .summary = "a tunnel, for sessions that go through it",
       .keys = {&shared::kTransport, &shared::kKeepalive, &openvpn::kRestartAfter}},
      {.kind = "ping",
       .summary = "ICMP echo requests, as ping(8) makes them",
       .keys = {&shared::kInterval, &shared::kPayload, &shared::kDscp, &shared::kLateAfter}},
      {.kind = "forbidden",
       .summary = "packets that must not arrive",
       .keys = {&shared::kTransport, &policy::kPort, &shared::kInterval, &shared::kPayload,
                &shared::kDscp, &shared::kLateAfter}},
      {.kind = "matrix",
       .summary = "packets of which those that arrive must be the same on every WAN",
       .keys = {&shared::kTransport, &policy::kPort, &shared::kInterval, &shared::kPayload,
                &shared::kDscp, &shared::kLateAfter}},
  };
  return all;
}

std::vector<std::string> kinds_with(std::string_view key) {
  std::vector<std::string> kinds;
  for (const auto& one : session_kind_keys())
    if (std::ranges::find(one.keys, key, &KeyInfo::key) != one.keys.end())
      kinds.emplace_back(one.kind);
  return kinds;
}

}  // namespace wandrill
