// SPDX-License-Identifier: Apache-2.0
#include "calibrate/tester_errors.hpp"

#include <algorithm>
#include <cmath>

#include "calibrate/binomial.hpp"
#include "measure/index/run_index.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;

/// Nothing else happens so close to a cut.
constexpr Nanos kSlack = 100ms;
/// What was on its way when a fault came or went is no case.
constexpr Nanos kSettled = 20ms;
/// A delay that shrinks or grows reorders nothing, but takes as long as itself to come into force.
constexpr Nanos kDelaySettled = 250ms;
/// Of all calibrations of a right tester, so many find a loss wrong by chance.
constexpr double kByChance = 0.001;
/// Ethernet, IPv4 and UDP.
constexpr double kHeaderBytes = 14 + 20 + 8;

double milliseconds(Nanos time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

const FaultAction* action_of(const Plan& plan, const std::string& id) {
  for (const auto& step : plan.timeline.steps)
    if (const auto* fault = std::get_if<FaultAction>(&step.action); fault && fault->id == id)
      return fault;
  return nullptr;
}

/// How long a flow was dark because of a cut: all its loss periods around it, from the first
/// missing packet to the next arrival, by schedule.
Nanos outage_of(const RunIndex& run, FlowId flow, const TimeSpan& cut) {
  Nanos dark{0};
  for (const auto& period : run.loss_periods[flow]) {
    if (period.first_missing < cut.from - kSlack || period.last_missing > cut.until + kSlack)
      continue;
    dark += period.gap - run.session_of(flow).interval;
  }
  return dark;
}

class Errors {
 public:
  Errors(const Plan& plan, const Recording& recording)
      : plan_{plan}, run_{index_run(plan, recording)} {}

  TesterAccuracy measure() {
    for (const auto& fault : run_.faults.faults)
      take(fault);
    TesterAccuracy accuracy{.outage_probe = spread_of(probe_),
                            .outage_call = spread_of(call_),
                            .delay = spread_of(delay_),
                            .late_sends = spread_of(late_sends()),
                            .losses = losses_};
    for (const auto& stall : run_.stalls.stalls())
      accuracy.longest_stall_ms = std::max(accuracy.longest_stall_ms, milliseconds(stall.length()));
    accuracy.stalls = run_.stalls.stalls().size();
    return accuracy;
  }

 private:
  void take(const FaultRecord& fault) {
    if (!fault.applied || fault.until == RunInstant::max()) return;
    const TimeSpan span{*fault.applied, fault.until};
    const auto* action = action_of(plan_, fault.id);
    if (action == nullptr || !action->filter.empty()) return;
    for (FlowId flow = 0; flow < plan_.traffic.flows.size(); ++flow) {
      const bool is_probe = run_.session_of(flow).kind == TrafficKind::kProbe;
      if (action->kind == FaultKind::kBlackhole)
        (is_probe ? probe_ : call_)
            .push_back(std::abs(milliseconds(outage_of(run_, flow, span) - span.length())));
      if (action->kind == FaultKind::kDelay && is_probe) take_delays(flow, *action, span);
      if (action->kind == FaultKind::kLoss && is_probe) take_losses(flow, *action, span);
    }
  }

  void take_delays(FlowId flow, const FaultAction& action, const TimeSpan& span) {
    const auto& packets = run_.packets[flow];
    const auto truth = line_delay(flow, action.wan) + action.value.delay;
    const auto range = packets.within({span.from + kDelaySettled, span.until - kSettled});
    for (auto sequence = range.first; sequence < range.last; ++sequence)
      if (packets.came(sequence))
        delay_.push_back(std::abs(milliseconds(packets.delay(sequence) - truth)));
  }

  void take_losses(FlowId flow, const FaultAction& action, const TimeSpan& span) {
    const auto& packets = run_.packets[flow];
    const double percent = action.value.loss.value;
    KnownLoss loss{.flow = plan_.traffic.flows[flow].name, .requested_percent = percent};
    const auto range = packets.within({span.from + kSettled, span.until - kSettled});
    for (auto sequence = range.first; sequence < range.last; ++sequence) {
      if (!packets.was_sent(sequence)) continue;
      ++loss.sent;
      if (packets.is_lost(sequence)) ++loss.lost;
    }
    const auto chance = binomial_interval(loss.sent, percent / 100, kByChance);
    loss.low = chance.low;
    loss.high = chance.high;
    losses_.push_back(loss);
  }

  [[nodiscard]] Nanos line_delay(FlowId flow, const std::string& wan_name) const {
    const auto& wans = plan_.topology.wans;
    const auto wan = std::ranges::find(wans, wan_name, &WanPlan::name);
    const auto& line = plan_.traffic.flows[flow].direction == Direction::kUp ? wan->up : wan->down;
    if (line.rate.value == 0) return line.delay;
    const double bits = 8 * (run_.session_of(flow).payload_bytes + kHeaderBytes);
    const std::chrono::duration<double> on_the_line{bits / static_cast<double>(line.rate.value)};
    return line.delay + std::chrono::duration_cast<Nanos>(on_the_line);
  }

  [[nodiscard]] std::vector<double> late_sends() const {
    std::vector<double> late;
    run_.recording.visit_sent([&](const SentColumns& rows) {
      for (const auto lateness : rows.lateness)
        if (lateness != SentColumns::kNotSent)
          late.push_back(std::max(0.0, milliseconds(Nanos{lateness})));
    });
    return late;
  }

  const Plan& plan_;
  RunIndex run_;
  std::vector<double> probe_;
  std::vector<double> call_;
  std::vector<double> delay_;
  std::vector<KnownLoss> losses_;
};

}  // namespace

TesterAccuracy measure_accuracy(const Plan& plan, const Recording& recording) {
  return Errors{plan, recording}.measure();
}

}  // namespace wandrill
