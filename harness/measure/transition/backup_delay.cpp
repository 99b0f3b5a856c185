// SPDX-License-Identifier: Apache-2.0
#include "measure/transition/backup_delay.hpp"

#include "measure/index/percentile.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

constexpr Nanos kCompared = 5s;
constexpr Seconds kStampAccuracy{1e-4};

std::optional<Nanos> median_delay(const FlowPackets& packets, const TimeSpan& span) {
  std::vector<Nanos> delays;
  const auto range = packets.within(span);
  for (std::size_t i = range.first; i < range.last; ++i)
    if (packets.fate(i) == PacketOutcome::kArrived) delays.push_back(packets.delay(i));
  return percentile(delays, 50);
}

}  // namespace

Reading<Seconds> additive_backup_delay(const RunIndex& run, const TransitionRecord& record) {
  Reading<Seconds> added{.accuracy = kStampAccuracy,
                         .note = "nothing to compare: the flows did not converge on the other WAN"};
  const auto& shown = record.shown;
  if (!shown.converged) return added;
  const RunInstant fault = shown.applied.value_or(record.span.from) - run.in_flight;
  for (const auto& flow : run.plan.traffic.flows) {
    if (!run.is_reference_flow(flow.id)) continue;
    const auto& packets = run.packets[flow.id];
    const auto before = median_delay(packets, {fault - kCompared, fault});
    const auto after = median_delay(
        packets, {*shown.converged, std::min(*shown.converged + kCompared, record.span.until)});
    if (!before || !after) continue;
    const Seconds difference = *after - *before;
    if (added.value && *added.value >= difference) continue;
    added.value = difference;
    added.note = flow.name;
  }
  return added;
}

}  // namespace wandrill
