// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/measurements.hpp"
#include "measure/stall_log.hpp"
#include "record/recording.hpp"

namespace wandrill {

TesterError measure_tester(const Recording& recording, const StallLog& stalls);

}  // namespace wandrill
