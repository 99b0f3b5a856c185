// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/kinds/session_key.hpp"

namespace wandrill::session_keys::rtp {

inline const SessionKey<std::uint64_t> kCalls{
    {.key = "calls",
     .kind = ValueKind::kCount,
     .documentation = "Of rtp: how many calls, named call.1, call.2 and so on.",
     .fallback = "1"}};

}  // namespace wandrill::session_keys::rtp
