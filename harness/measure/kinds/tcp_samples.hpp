// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "measure/index/run_index.hpp"

namespace wandrill {

/// What the samples of a session's connections add up to, within the timeline.
struct TcpSummary {
  std::uint64_t samples = 0;
  std::uint64_t retransmits = 0;  ///< Over all its connections, as far as they were sampled.
  Nanos longest_rto{0};
};

TcpSummary sum_tcp_samples(const RunIndex& run, const std::string& session);

}  // namespace wandrill
