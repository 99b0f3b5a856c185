// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/defaults.hpp"
#include "scenario/kinds/session_key.hpp"

namespace wandrill::session_keys::tcp {

inline const SessionKey<std::string> kProfile{
    {.key = "profile",
     .kind = ValueKind::kWord,
     .documentation = "steady: a request each interval; rdp: irregular requests and longer "
                      "replies, as of a remote desktop; idle: hardly ever used, and kept "
                      "alive.",
     .fallback = "steady",
     .words = {"steady", "rdp", "idle"}}};
inline const SessionKey<Nanos> kKeepaliveAfter{
    {.key = "keepalive_after",
     .kind = ValueKind::kDuration,
     .documentation = "Of rdp and idle: TCP asks whether the other end is there after so "
                      "long without data (TCP_KEEPIDLE); whole seconds.",
     .fallback = to_string(defaults::kTcpKeepaliveAfter)}};
inline const SessionKey<Nanos> kKeepaliveEvery{
    {.key = "keepalive_every",
     .kind = ValueKind::kDuration,
     .documentation = "Then again each so long (TCP_KEEPINTVL); whole seconds.",
     .fallback = to_string(defaults::kTcpKeepaliveEvery)}};
inline const SessionKey<std::uint64_t> kKeepaliveCount{
    {.key = "keepalive_count",
     .kind = ValueKind::kCount,
     .documentation = "After so many in vain the connection is lost (TCP_KEEPCNT).",
     .fallback = std::to_string(defaults::kTcpKeepaliveCount)}};

}  // namespace wandrill::session_keys::tcp
