// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/kinds/session_key.hpp"

namespace wandrill::session_keys::openvpn {

inline const SessionKey<Nanos> kRestartAfter{
    {.key = "restart_after",
     .kind = ValueKind::kDuration,
     .documentation = "OpenVPN's ping-restart: an end that hears nothing for so long begins "
                      "anew; whole seconds, at least twice keepalive.",
     .fallback = "60s"}};

}  // namespace wandrill::session_keys::openvpn
