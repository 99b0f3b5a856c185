// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/kinds/session_key.hpp"

namespace wandrill::session_keys::policy {

inline const SessionKey<std::uint64_t> kPort{
    {.key = "port",
     .kind = ValueKind::kCount,
     .documentation = "The port that is asked for, 1 to 65535.",
     .fallback = "one of its own"}};

}  // namespace wandrill::session_keys::policy
