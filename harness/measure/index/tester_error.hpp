// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure/index/packet_index.hpp"
#include "measure/index/stall_log.hpp"
#include "measure/measurements.hpp"
#include "record/recording.hpp"

namespace wandrill {

/// `packets`: of the recording.
TesterError measure_tester(const Recording& recording, const PacketIndex& packets,
                           const StallLog& stalls);

}  // namespace wandrill
