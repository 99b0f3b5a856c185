// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/volumes.hpp"

#include <algorithm>

#include "measure/kinds/tcp_samples.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kSampleEvery = 200ms;
constexpr double kBitsPerByte = 8.0;

}  // namespace

VolumeLog::VolumeLog(const RunIndex& run, const FlowPlan& flow) {
  const auto& session = run.plan.traffic.sessions[flow.session];
  for (const auto& event : run.recording.events)
    if (const auto* volume = std::get_if<VolumeEvent>(&event))
      if (volume->session == session.name && volume->direction == to_string(flow.direction))
        samples_.push_back({volume->at, static_cast<double>(volume->received)});
}

double VolumeLog::bytes_at(RunTime at) const {
  const auto after = std::ranges::upper_bound(samples_, at, {}, &Sample::at);
  if (after == samples_.begin()) return samples_.empty() ? 0.0 : samples_.front().bytes;
  const auto& before = *(after - 1);
  if (after == samples_.end()) return before.bytes;
  const double share = in_seconds(at - before.at) / in_seconds(after->at - before.at);
  return before.bytes + share * (after->bytes - before.bytes);
}

Nanos VolumeLog::longest_silence(const TimeSpan& span) const {
  Nanos longest{0};
  RunTime since = span.from;
  double bytes = bytes_at(span.from);
  for (const auto& sample : samples_) {
    if (!span.contains(sample.at)) continue;
    if (sample.bytes > bytes) since = sample.at;
    bytes = sample.bytes;
    longest = std::max<Nanos>(longest, sample.at - since);
  }
  return longest;
}

void VolumeLog::measure(const std::vector<TimeSpan>& spans, MetricsByName& metrics) const {
  double bytes = 0.0;
  double edges = 0.0;
  double seconds = 0.0;
  Nanos silence{0};
  for (const auto& span : spans) {
    bytes += bytes_at(span.until) - bytes_at(span.from);
    edges += bytes_at(span.from + kSampleEvery) - bytes_at(span.from - kSampleEvery);
    edges += bytes_at(span.until + kSampleEvery) - bytes_at(span.until - kSampleEvery);
    seconds += in_seconds(span.length());
    silence = std::max(silence, longest_silence(span));
  }
  Measured rate{.unit = MetricUnit::kBitsPerSecond, .note = "nothing was sampled"};
  Measured longest{.unit = MetricUnit::kSeconds,
                   .accuracy = in_seconds(kSampleEvery),
                   .note = "nothing was sampled"};
  if (!samples_.empty() && seconds > 0.0) {
    rate.value = bytes * kBitsPerByte / seconds;
    rate.accuracy = edges / 2 * kBitsPerByte / seconds;
    longest.value = in_seconds(silence);
    rate.note.clear();
    longest.note.clear();
  }
  metrics["rate"] = rate;
  metrics["longest_silence"] = longest;
}

void measure_tcp_samples(const RunIndex& run, const SessionPlan& session,
                         std::map<std::string, Measured>& metrics) {
  constexpr double kStampAccuracy = 1e-3;
  const auto samples = sum_tcp_samples(run, session.name);
  Measured retransmits{.note = "no connection was looked at"};
  Measured rto{.unit = MetricUnit::kSeconds,
               .accuracy = kStampAccuracy,
               .note = "no connection was looked at"};
  if (samples.samples > 0) {
    retransmits = {.value = static_cast<double>(samples.retransmits)};
    rto.value = in_seconds(samples.longest_rto);
    rto.note.clear();
  }
  metrics[session.name + ".retransmits"] = retransmits;
  metrics[session.name + ".longest_rto"] = rto;
}

}  // namespace wandrill
