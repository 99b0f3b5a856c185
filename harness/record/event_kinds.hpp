// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "record/events.hpp"

namespace wandrill {

/// The event in a line of events.jsonl, or nothing for a kind that this version does not know. Keys
/// it does not know are ignored; keys that are missing keep their defaults (`event` and `at` must
/// be there).
std::optional<Event> decode_event(const Json& j);

}  // namespace wandrill
