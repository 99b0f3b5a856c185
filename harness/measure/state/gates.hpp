// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/run_index.hpp"

namespace wandrill {

/// How the gates and the wait_untils of the timeline ended; fills the gate_failure of
/// `measurements`, too.
void add_gates(const RunIndex& run, Measurements& measurements);

}  // namespace wandrill
