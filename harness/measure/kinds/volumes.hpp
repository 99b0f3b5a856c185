// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "measure/index/run_index.hpp"
#include "measure/reading.hpp"

namespace wandrill {

/// What a flow of a transfer carried over some time.
struct Volume {
  Reading<Rate> rate;
  Reading<Seconds> longest_silence;
};

/// How far a flow of a transfer had come, sample by sample.
class VolumeLog {
 public:
  VolumeLog(const RunIndex& run, const FlowPlan& flow);

  [[nodiscard]] Volume measure(const std::vector<TimeSpan>& spans) const;

 private:
  struct Sample {
    RunInstant at;
    double bytes = 0.0;  ///< Received since the start.
  };
  /// Between two samples bytes are taken to come evenly.
  [[nodiscard]] double bytes_at(RunInstant at) const;
  [[nodiscard]] Nanos longest_silence(const TimeSpan& span) const;

  std::vector<Sample> samples_;
};

}  // namespace wandrill
