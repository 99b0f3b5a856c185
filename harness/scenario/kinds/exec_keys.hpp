// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "scenario/kinds/session_key.hpp"

namespace wandrill::session_keys::exec {

inline const SessionKey<std::vector<std::string>> kRun{
    {.key = "run",
     .kind = ValueKind::kText,
     .shape = Shape::kList,
     .documentation = "The client's command, word by word; with placeholders, see below."}};
inline const SessionKey<std::vector<std::string>> kAnswer{
    {.key = "answer",
     .kind = ValueKind::kText,
     .shape = Shape::kList,
     .documentation = "The server's command, started first."}};
inline const SessionKey<std::map<std::string, std::string>> kFiles{
    {.key = "files",
     .kind = ValueKind::kText,
     .shape = Shape::kMap,
     .documentation = "Files by name, put into the folder that ${files} stands for."}};

}  // namespace wandrill::session_keys::exec
