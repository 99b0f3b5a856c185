// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "measure/measurements.hpp"
#include "measure/reading.hpp"
#include "plan/plan.hpp"

namespace wandrill {

/// What a number is about.
struct MetricOf {
  std::string subject;       ///< "call.3.up", "desktop", "failover.2"
  std::string group{};       ///< "call.up", "failover"; empty: it is in none.
  std::string_view phase{};  ///< Empty: of the whole run.
};

MetricOf of_session(const SessionPlan& session, std::string_view phase = {});
MetricOf of_flow(const Plan& plan, const FlowPlan& flow, std::string_view phase = {});

/// Where everything that is measured goes. What a metric's row says (unit, polarity, whether it can
/// be of a phase, how a group's number comes from its members') is looked up there and nowhere
/// else. A metric that is in no catalogue, or of a phase and may not be, is a mistake of ours:
/// asserted.
class MetricSink {
 public:
  /// Both outlive it.
  MetricSink(const Plan& plan, Measurements& measurements);

  template <typename Value>
  void set(const MetricOf& of, const Metric<Value>& metric,
           Reading<std::type_identity_t<Value>> reading) {
    publish(of, metric, to_measured(metric, std::move(reading)));
  }
  void set(const MetricOf& of, const Readings& readings);
  void set(const MetricOf& of, const MetricInfo& metric, const Measured& measured) {
    publish(of, metric, measured);
  }

  void add(SessionFate fate) { measurements_.fates.push_back(std::move(fate)); }
  void add(Leak leak) { measurements_.leaks.push_back(std::move(leak)); }
  void add(BarredTraffic barred) { measurements_.barred.push_back(std::move(barred)); }
  void add(MatrixCell cell) { measurements_.matrix.push_back(std::move(cell)); }

 private:
  void publish(const MetricOf& of, const MetricInfo& metric, Measured measured);
  void take_worst(const std::string& key, const MetricInfo& metric, Measured measured);

  Measurements& measurements_;
  std::set<std::string> expected_;   ///< Metrics that the plan's expectations name.
  std::set<std::string> of_groups_;  ///< Those that a member's number was taken for.
};

}  // namespace wandrill
