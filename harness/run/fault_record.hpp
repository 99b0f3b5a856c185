// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "run/context.hpp"

namespace wandrill {

/// "restore of carrier on wan_a"
std::string in_words(const FaultEvent& change);

/// "carrier on wan_a: observed (its ports went down)"
std::string instant_in_words(const FaultEvent& change);

/// Records one of a change's instants: `change` is its event without instant, time and detail.
/// What was observed goes to the board of events, for faults that come after it.
void record_instant(const RunContext& context, const FaultEvent& change, std::string_view instant,
                    RunInstant at, std::string detail = {});

/// Tells the user how late a change came.
void tell_applied(const RunContext& context, const FaultEvent& change, RunInstant applied);

}  // namespace wandrill
