// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "measure/flow/flow_statistics.hpp"
#include "measure/index/run_index.hpp"

namespace wandrill {

/// How far a flow of a transfer had come, sample by sample.
class VolumeLog {
 public:
  VolumeLog(const RunIndex& run, const FlowPlan& flow);

  /// The flow's metrics over all of `spans`.
  void measure(const std::vector<TimeSpan>& spans, MetricsByName& metrics) const;

 private:
  struct Sample {
    RunTime at;
    double bytes = 0.0;  ///< Received since the start.
  };
  /// Between two samples bytes are taken to come evenly.
  [[nodiscard]] double bytes_at(RunTime at) const;
  [[nodiscard]] Nanos longest_silence(const TimeSpan& span) const;

  std::vector<Sample> samples_;
};

/// What the kernel said of the connections of a session: the metrics of TCP_INFO.
void measure_tcp_samples(const RunIndex& run, const SessionPlan& session,
                         std::map<std::string, Measured>& metrics);

}  // namespace wandrill
