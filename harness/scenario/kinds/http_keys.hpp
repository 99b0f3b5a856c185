// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/kinds/session_key.hpp"

namespace wandrill::session_keys::http {

inline const SessionKey<std::string> kConnection{
    {.key = "connection",
     .kind = ValueKind::kWord,
     .documentation = "new: each request opens one of its own; kept: all go over one, which "
                      "is opened again when it is lost.",
     .fallback = "new",
     .words = {"new", "kept"}}};

}  // namespace wandrill::session_keys::http
