// SPDX-License-Identifier: Apache-2.0
#include "measure/tcp_samples.hpp"

#include <algorithm>

namespace wandrill {

TcpSummary sum_tcp_samples(const RunIndex& run, const std::string& session) {
  TcpSummary summary;
  std::uint64_t of_connection = 0;
  std::optional<std::uint64_t> before;  ///< Retransmits before the timeline began.
  for (const auto& event : run.recording.events) {
    const auto* sample = std::get_if<TcpSampleEvent>(&event);
    if (sample == nullptr || sample->session != session) continue;
    if (!run.timeline.contains(sample->at)) {
      before = sample->retransmits;
      continue;
    }
    ++summary.samples;
    // The counter begins anew with each connection.
    const bool is_same = sample->retransmits >= of_connection;
    const std::uint64_t since = is_same ? before.value_or(of_connection) : 0;
    summary.retransmits +=
        sample->retransmits - std::min<std::uint64_t>(since, sample->retransmits);
    before.reset();
    of_connection = sample->retransmits;
    summary.longest_rto = std::max(summary.longest_rto, sample->rto);
  }
  return summary;
}

}  // namespace wandrill
