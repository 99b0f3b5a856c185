// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/volumes.hpp"

#include <algorithm>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kSampleEvery = 200ms;
constexpr double kBitsPerByte = 8.0;

}  // namespace

VolumeLog::VolumeLog(const RunIndex& run, const FlowPlan& flow) {
  for (const auto* volume : run.events_of<VolumeEvent>(run.session_of(flow.id)))
    if (volume->direction == to_string(flow.direction))
      samples_.push_back({volume->at, static_cast<double>(volume->received)});
}

double VolumeLog::bytes_at(RunInstant at) const {
  const auto after = std::ranges::upper_bound(samples_, at, {}, &Sample::at);
  if (after == samples_.begin()) return samples_.empty() ? 0.0 : samples_.front().bytes;
  const auto& before = *(after - 1);
  if (after == samples_.end()) return before.bytes;
  const double share = in_seconds(at - before.at) / in_seconds(after->at - before.at);
  return before.bytes + share * (after->bytes - before.bytes);
}

Nanos VolumeLog::longest_silence(const TimeSpan& span) const {
  Nanos longest{0};
  RunInstant since = span.from;
  double bytes = bytes_at(span.from);
  for (const auto& sample : samples_) {
    if (!span.contains(sample.at)) continue;
    if (sample.bytes > bytes) since = sample.at;
    bytes = sample.bytes;
    longest = std::max<Nanos>(longest, sample.at - since);
  }
  return longest;
}

Volume VolumeLog::measure(const std::vector<TimeSpan>& spans) const {
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
  Volume volume{.rate = {.note = "nothing was sampled"},
                .longest_silence = {.accuracy = kSampleEvery, .note = "nothing was sampled"}};
  if (samples_.empty() || seconds <= 0.0) return volume;
  volume.rate = {.value = Rate{bytes * kBitsPerByte / seconds},
                 .accuracy = Rate{edges / 2 * kBitsPerByte / seconds}};
  volume.longest_silence = {.value = silence, .accuracy = kSampleEvery};
  return volume;
}

}  // namespace wandrill
