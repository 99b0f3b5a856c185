// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/kinds/session_key.hpp"

namespace wandrill::session_keys::dns {

inline const SessionKey<std::string> kAskFor{
    {.key = "ask_for",
     .kind = ValueKind::kName,
     .documentation = "The server or host whose address is asked for.",
     .fallback = "the topology's first server"}};

}  // namespace wandrill::session_keys::dns
