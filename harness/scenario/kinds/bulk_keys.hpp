// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/kinds/session_key.hpp"

namespace wandrill::session_keys::bulk {

inline const SessionKey<std::string> kDirection{
    {.key = "direction",
     .kind = ValueKind::kWord,
     .documentation = "Which way the bytes go; up is away from home.",
     .fallback = "up",
     .words = {"up", "down", "both"}}};
inline const SessionKey<BitsPerSecond> kRate{
    {.key = "rate",
     .kind = ValueKind::kRate,
     .documentation = "What the sender has to give, as a camera; without it there is no end."}};
inline const SessionKey<Nanos> kStarts{
    {.key = "starts",
     .kind = ValueKind::kDuration,
     .documentation = "When, after the timeline's start; the steady state before the first "
                      "fault is one without it.",
     .fallback = "0s"}};

}  // namespace wandrill::session_keys::bulk
