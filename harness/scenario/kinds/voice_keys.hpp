// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/defaults.hpp"
#include "scenario/kinds/session_key.hpp"

/// What a kind whose flows are voice of a call has.
namespace wandrill::session_keys::voice {

inline const SessionKey<std::string> kCodec{
    {.key = "codec",
     .kind = ValueKind::kWord,
     .documentation = "What a call's voice is coded with, see below.",
     .fallback = "g711",
     .words = {"g711", "g711_without_plc", "g729a", "opus"}}};
inline const SessionKey<std::string> kIe{
    {.key = "ie",
     .kind = ValueKind::kBound,
     .documentation = "Equipment impairment of the codec, Ie of ITU-T G.107, 0 to 95.",
     .fallback = "the codec's"}};
inline const SessionKey<std::string> kBpl{
    {.key = "bpl",
     .kind = ValueKind::kBound,
     .documentation = "Packet-loss robustness of the codec, Bpl of ITU-T G.107, 1 to 100.",
     .fallback = "the codec's"}};
inline const SessionKey<Nanos> kPlayout{
    {.key = "playout",
     .kind = ValueKind::kDuration,
     .documentation = "Length of the receivers' playout buffer: a packet that comes later is "
                      "discarded, and not heard.",
     .fallback = to_string(defaults::kPlayout)}};

}  // namespace wandrill::session_keys::voice
