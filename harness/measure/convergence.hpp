// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "measure/run_index.hpp"

namespace wandrill {

/// The first packet that left by the switch's new WAN and arrived in time (RFC 6412 3.6.2).
std::optional<RunTime> first_unimpaired_packet(const RunIndex& run, const WanSwitch& one);

/// When every packet flow was restored after the switch, by schedule, and then stayed so for
/// max(5 packets, Plan::sustained_for), or, if that comes sooner, until the transition ended, but
/// at least 1 s (RFC 6412 3.6.1, 3.7.5). Nothing if that never was.
std::optional<RunTime> convergence_of(const RunIndex& run, const Transition& transition);

/// The sustained time was cut short by the next step or the end of the run.
bool is_cut_short(const RunIndex& run, const Transition& transition);

}  // namespace wandrill
