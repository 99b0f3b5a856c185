// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/kinds/session_key.hpp"

namespace wandrill::session_keys::sip {

inline const SessionKey<Nanos> kRegisterEvery{
    {.key = "register_every",
     .kind = ValueKind::kDuration,
     .documentation = "How often the phone registers again.",
     .fallback = "60s"}};
inline const SessionKey<Nanos> kExpires{
    {.key = "expires",
     .kind = ValueKind::kDuration,
     .documentation = "How long the far end believes a registration, in whole seconds; it "
                      "does not ask for the phone afterwards.",
     .fallback = "twice register_every"}};
inline const SessionKey<Nanos> kOptionsEvery{
    {.key = "options_every",
     .kind = ValueKind::kDuration,
     .documentation = "How often the far end asks whether the phone is there (OPTIONS).",
     .fallback = "10s"}};
inline const SessionKey<Nanos> kTalk{{.key = "talk",
                                      .kind = ValueKind::kDuration,
                                      .documentation = "How long each call is; 0s: until the end.",
                                      .fallback = "0s"}};
inline const SessionKey<Nanos> kPause{
    {.key = "pause",
     .kind = ValueKind::kDuration,
     .documentation = "From the end of a call, or a call that failed, to the next.",
     .fallback = "1s"}};
inline const SessionKey<Nanos> kRtpTimeout{
    {.key = "rtp_timeout",
     .kind = ValueKind::kDuration,
     .documentation = "The phone hangs up after so long without voice.",
     .fallback = "30s"}};
inline const SessionKey<Nanos> kFarEndRtpTimeout{
    {.key = "far_end_rtp_timeout",
     .kind = ValueKind::kDuration,
     .documentation = "The far end hangs up after so long without voice.",
     .fallback = "rtp_timeout"}};
inline const SessionKey<Nanos> kRefreshEvery{
    {.key = "refresh_every",
     .kind = ValueKind::kDuration,
     .documentation = "The session timer: a re-INVITE this often during a call; the session "
                      "expires after twice as long.",
     .fallback = "900s"}};
inline const SessionKey<std::string> kPeer{
    {.key = "peer",
     .kind = ValueKind::kWord,
     .documentation = "What the far end does about voice from another address, see below.",
     .fallback = "latching",
     .words = {"latching", "handover", "strict", "reinvite"}}};
inline const SessionKey<std::string> kLike{
    {.key = "like",
     .kind = ValueKind::kWord,
     .documentation = "A latching peer has the rules of this program, see below.",
     .words = {"asterisk", "freeswitch", "rtpengine"}}};
inline const SessionKey<std::uint64_t> kLearnAfter{
    {.key = "learn_after",
     .kind = ValueKind::kCount,
     .documentation = "Packets in a row from the new address until a latching peer follows.",
     .fallback = "4"}};
inline const SessionKey<Nanos> kLearnFor{
    {.key = "learn_for",
     .kind = ValueKind::kDuration,
     .documentation = "For how long after a call began, or was signalled anew, a latching peer "
                      "follows; 0s: always.",
     .fallback = "0s"}};
inline const SessionKey<std::string> kStrangers{
    {.key = "strangers",
     .kind = ValueKind::kWord,
     .documentation = "Whether a latching peer hears voice from an address that it does not "
                      "follow.",
     .fallback = "dropped",
     .words = {"dropped", "heard"}}};

}  // namespace wandrill::session_keys::sip
