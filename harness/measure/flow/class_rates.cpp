// SPDX-License-Identifier: Apache-2.0
#include "measure/flow/class_rates.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "measure/flow/flow_statistics.hpp"
#include "measure/kinds/volumes.hpp"
#include "plan/metrics/class_metrics.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/topology/capacity_plan.hpp"

namespace wandrill {
namespace {

constexpr double kBitsInByte = 8.0;
constexpr double kWhole = 100.0;

/// What a packet, request or answer of a flow carries; 0 where nobody knows.
double bits_of(const SessionPlan& session, Direction direction) {
  const auto carries = session.traits().carries;
  const bool is_known = carries == CarriesPayload::kBoth ||
                        (carries == CarriesPayload::kDown && direction == Direction::kDown);
  return is_known ? session.payload_bytes * kBitsInByte : 0.0;
}

double length_of(const std::vector<TimeSpan>& spans) {
  double seconds = 0.0;
  for (const auto& span : spans)
    seconds += in_seconds(span.length());
  return seconds;
}

/// The flows of a class that go one way, over some time.
class ClassFlows {
 public:
  ClassFlows(const RunIndex& run, const CapacityClass& one, Direction direction,
             const std::vector<TimeSpan>& spans)
      : run_{run}, direction_{direction}, spans_{spans} {
    for (const auto& flow : run.plan.traffic.flows)
      if (flow.direction == direction &&
          class_of(run.plan.topology, run.session_of(flow.id)) == &one)
        flows_.push_back(&flow);
  }

  [[nodiscard]] Reading<Rate> rate() const {
    Reading<Rate> sum{.note = "this class has no traffic"};
    const double seconds = length_of(spans_);
    if (seconds <= 0.0) sum.note = "this phase took no time";
    if (flows_.empty() || seconds <= 0.0) return sum;
    sum.value = Rate{0};
    sum.note.clear();
    for (const auto* flow : flows_)
      if (run_.session_of(flow->id).of<BulkPlan>())
        add_transfer(*flow, sum);
      else
        add_packets(*flow, seconds, sum);
    return sum;
  }

  [[nodiscard]] Reading<Share> loss() const {
    Reading<Share> share{.note = "no packets of this class are told apart"};
    double sent = 0.0;
    double lost = 0.0;
    double excused = 0.0;
    double flows = 0.0;
    for (const auto* flow : flows_) {
      if (!run_.session_of(flow->id).is_counted(direction_)) continue;
      const auto measured = measure_flow(run_, flow->id, spans_);
      sent += measured.at(metrics::flow::kSent).value.value_or(0.0);
      lost += measured.at(metrics::flow::kLost).value.value_or(0.0);
      excused += measured.at(metrics::flow::kLost).tester_share;
      ++flows;
    }
    if (sent == 0.0) return share;
    share.value = Share{kWhole * lost / sent};
    share.accuracy = Share{is_phase() ? kWhole * flows / sent : 0.0};
    share.tester_share = Share{kWhole * excused / sent};
    share.note.clear();
    return share;
  }

 private:
  [[nodiscard]] bool is_phase() const {
    return spans_.size() != 1 || spans_.front().from != run_.timeline.from ||
           spans_.front().until != run_.timeline.until;
  }

  void add_transfer(const FlowPlan& flow, Reading<Rate>& sum) const {
    if (!run_.session_of(flow.id).of<BulkPlan>()->goes(direction_)) return;
    const auto rate = VolumeLog{run_, flow}.measure(spans_).rate;
    *sum.value += rate.value.value_or(Rate{});
    sum.accuracy += rate.accuracy;
  }

  void add_packets(const FlowPlan& flow, double seconds, Reading<Rate>& sum) const {
    const double bits = bits_of(run_.session_of(flow.id), direction_) / seconds;
    const auto& packets = run_.packets[flow.id];
    const auto arrived_within = [&](std::size_t sequence) {
      return packets.came(sequence) && std::ranges::any_of(spans_, [&](const TimeSpan& span) {
               return span.contains(packets.arrived(sequence));
             });
    };
    std::uint64_t arrived = 0;
    for (std::size_t i = 0; i < packets.size(); ++i)
      if (arrived_within(i)) ++arrived;
    *sum.value += Rate{static_cast<double>(arrived) * bits};
    sum.accuracy += Rate{bits * static_cast<double>(spans_.size())};
  }

  const RunIndex& run_;
  Direction direction_;
  const std::vector<TimeSpan>& spans_;
  std::vector<const FlowPlan*> flows_;
};

}  // namespace

void measure_classes(const RunIndex& run, MetricSink& sink) {
  for (const auto& one : run.plan.topology.capacity)
    for (const auto direction : {Direction::kUp, Direction::kDown})
      for (const auto& part : run.parts) {
        const ClassFlows flows{run, one, direction, part.spans};
        const MetricOf of{.subject = fmt::format("class.{}.{}", one.name, to_string(direction)),
                          .phase = part.phase};
        sink.set(of, metrics::traffic_class::kRate, flows.rate());
        sink.set(of, metrics::traffic_class::kLoss, flows.loss());
      }
}

}  // namespace wandrill
