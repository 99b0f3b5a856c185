// SPDX-License-Identifier: Apache-2.0
#include "measure/index/stall_credit.hpp"

#include <algorithm>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

/// A router may still be busy with what was done to it this long ago.
constexpr Nanos kBusyFor = 3s;
/// Packets are lost this long before a switch is seen, as part of it.
constexpr Nanos kSwitching = 200ms;

bool is_touched(const RunIndex& run, std::uint8_t wan, RunInstant at) {
  return std::any_of(
      run.faults.faults.begin(), run.faults.faults.end(), [&](const FaultRecord& fault) {
        return (!fault.wan || *fault.wan == wan) && fault.start() - run.in_flight <= at &&
               (fault.until == RunInstant::max() || at <= fault.until + kBusyFor);
      });
}

bool is_switching(const RunIndex& run, RunInstant at) {
  return std::any_of(
      run.history.switches.begin(), run.history.switches.end(),
      [&](const WanSwitch& one) { return one.at - kSwitching <= at && at <= one.at + kBusyFor; });
}

}  // namespace

void credit_stalled_router(RunIndex& run) {
  for (auto& periods : run.loss_periods)
    for (auto& period : periods) {
      const auto wan = run.history.wan_at(period.first_missing);
      if (wan && run.stalls.may_explain_switch(period.first_missing) &&
          !is_touched(run, *wan, period.first_missing) && !is_switching(run, period.first_missing))
        period.stalled = period.gap;
    }
}

}  // namespace wandrill
