// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/tcp_samples.hpp"

#include <algorithm>

namespace wandrill {

TcpSummary sum_tcp_samples(const RunIndex& run, const std::string& session) {
  TcpSummary summary;
  std::uint64_t previous = 0;
  for (const auto& event : run.recording.events) {
    const auto* sample = std::get_if<TcpSampleEvent>(&event);
    if (sample == nullptr || sample->session != session) continue;
    // The counter begins anew with each connection.
    const std::uint64_t since =
        sample->retransmits >= previous ? sample->retransmits - previous : sample->retransmits;
    previous = sample->retransmits;
    if (!run.timeline.contains(sample->at)) continue;
    ++summary.samples;
    summary.retransmits += since;
    summary.longest_rto = std::max(summary.longest_rto, sample->rto);
  }
  return summary;
}

}  // namespace wandrill
