// SPDX-License-Identifier: Apache-2.0
#include "measure/metric_sink.hpp"

#include <set>

#include "base/testing/catch.hpp"
#include "measure/testing/run_builder.hpp"
#include "plan/metrics/flow_metrics.hpp"
#include "plan/metrics/metric_catalogue.hpp"

namespace wandrill {
namespace {

using namespace std::chrono_literals;
using testing::RunBuilder;

/// The names of a subject's metrics of the whole run.
std::set<std::string> names_of(const Measurements& measured, const std::string& subject) {
  std::set<std::string> names;
  for (const auto& [key, unused] : measured.metrics)
    if (key.starts_with(subject + ".") && key.find('@') == std::string::npos) {
      const auto name = key.substr(subject.size() + 1);
      if (name.find('.') == std::string::npos) names.insert(name);
    }
  return names;
}

/// Those that the catalogue says a kind has.
std::set<std::string> names_of(TrafficKind kind, MetricScope scope) {
  std::set<std::string> names;
  for (const auto* metric : metric_catalogue())
    if (metric->scope == scope && traits_of(kind).has(*metric)) names.emplace(metric->name);
  return names;
}

}  // namespace

TEST_CASE("A session has every number of its kind, and no other") {
  RunBuilder run;
  for (const auto* kind : session_kinds())
    run.session(std::string{to_string(kind->kind)}, 20ms, kind->kind);
  const auto measured = run.cut("wan_a", 3s, 9s).move("wan_b", 4s).end(15s).measurements();
  for (const auto* kind : session_kinds()) {
    const std::string name{to_string(kind->kind)};
    INFO(name);
    CHECK(names_of(measured, name) == names_of(kind->kind, MetricScope::kSession));
    for (const char* flow : {".up", ".down"})
      CHECK(names_of(measured, name + flow) == names_of(kind->kind, MetricScope::kFlow));
  }
}

TEST_CASE("Every row of the catalogue has a number in its unit, and no number is without a row") {
  const auto measured = RunBuilder{}
                            .session("call", 20ms)
                            .session("desktop", 100ms, TrafficKind::kTcp)
                            .cut("wan_a", 5s, 10s)
                            .move("wan_b", 6s)
                            .move("wan_a", 13s)
                            .end(20s)
                            .measurements();
  MetricSubjects subjects{.sessions = {{"desktop", TrafficKind::kTcp}}};
  for (const auto& flow : measured.flows) {
    const bool is_request = flow.name.starts_with("desktop");
    subjects.flows.push_back({flow.name, is_request ? TrafficKind::kTcp : TrafficKind::kRtp});
  }
  for (const auto& [name, number] : measured.metrics) {
    INFO(name);
    MetricName parsed;
    CHECK_FALSE(parse_metric_name(name, subjects, parsed));
    if (parsed.info != nullptr) CHECK(number.unit == parsed.info->unit);
  }
  for (const auto* metric : metric_catalogue()) {
    if (metric->scope == MetricScope::kFlow || metric->scope == MetricScope::kSession ||
        metric->scope == MetricScope::kClass)
      continue;  // those of kinds are above, and a class needs a capacity
    const std::string subject = metric->scope == MetricScope::kFailover   ? "failover"
                                : metric->scope == MetricScope::kFailback ? "failback"
                                                                          : "router";
    INFO(metric->name);
    CHECK(measured.metrics.contains(metric_key(subject, *metric)));
  }
}

TEST_CASE("Of a group the worst counts, and its note says whose it is") {
  Measurements measurements;
  MetricSink sink{Plan{}, measurements};
  const auto set = [&](const char* member, Reading<Seconds> gap) {
    sink.set({.subject = member, .group = "call.up"}, metrics::flow::kLongestGap, std::move(gap));
  };
  set("call.1.up", {.value = 2s, .note = "nothing came after it"});
  set("call.2.up", {.value = 3s});
  set("call.3.up", {.value = 1s});
  const auto& worst = measurements.metrics.at("call.up.longest_gap");
  CHECK(worst.value == 3.0);
  CHECK(worst.note == "call.2.up");
  set("call.4.up", {.note = "no packet was sent"});
  CHECK_FALSE(measurements.metrics.at("call.up.longest_gap").value);
  CHECK(measurements.metrics.at("call.up.longest_gap").note == "call.4.up: no packet was sent");
  CHECK(measurements.metrics.at("call.1.up.longest_gap").value == 2.0);
}

TEST_CASE("Where more is better the least of a group counts, and by phase only what is expected") {
  Plan plan;
  plan.expectations.push_back(
      {.where = {}, .text = "", .what = MetricExpectation{.metric = "call.2.up.received@backup"}});
  Measurements measurements;
  MetricSink sink{plan, measurements};
  for (const auto& [member, received] : {std::pair{"call.1.up", 5}, {"call.2.up", 4}})
    sink.set({.subject = member, .group = "call.up", .phase = "backup"}, metrics::flow::kReceived,
             counted(received));
  CHECK(measurements.metrics.at("call.up.received@backup").value == 4.0);
  CHECK(measurements.metrics.contains("call.2.up.received@backup"));
  CHECK_FALSE(measurements.metrics.contains("call.1.up.received@backup"));
}

}  // namespace wandrill
