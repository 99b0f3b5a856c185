// SPDX-License-Identifier: Apache-2.0
#include "plan/metrics/metric_catalogue.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "base/testing/catch.hpp"

namespace wandrill {
namespace {

const MetricSubjects kSubjects{
    .flows = {{"call.up", TrafficKind::kRtp},
              {"call.down", TrafficKind::kRtp},
              {"call.1.up", TrafficKind::kRtp}},
    .sessions = {{"desktop", TrafficKind::kTcp}, {"call", TrafficKind::kRtp}}};

std::string mistake_in(std::string_view text) {
  MetricName name;
  return parse_metric_name(text, kSubjects, name).value_or("");
}

MetricName parsed(std::string_view text) {
  MetricName name;
  CHECK_FALSE(parse_metric_name(text, kSubjects, name));
  return name;
}

std::string read(const std::string& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// The row of docs/metrics.md that a metric must have, word for word.
std::string row(const MetricInfo& info) {
  return fmt::format("| `{}` | {} | {} | {} | {} |\n", info.name, to_string(info.unit),
                     info.definition, info.source, info.accuracy);
}

}  // namespace

TEST_CASE("A metric's name is taken apart") {
  const auto gap = parsed("call.up.longest_gap@backup");
  CHECK(gap.subject == "call.up");
  CHECK(gap.phase == "backup");
  REQUIRE(gap.info != nullptr);
  CHECK(gap.info->name == "longest_gap");
  CHECK(gap.info->scope == MetricScope::kFlow);

  const auto second = parsed("failover.2.detection_time");
  CHECK(second.subject == "failover");
  CHECK(second.index == 2);
  CHECK(second.info->scope == MetricScope::kFailover);

  CHECK(parsed("call.1.up.loss").subject == "call.1.up");
  CHECK_FALSE(parsed("failback.count").index);
  CHECK(parsed("desktop.survived").info->scope == MetricScope::kSession);
  CHECK(parsed("router.switches").info->scope == MetricScope::kRouter);
}

TEST_CASE("A mistaken metric name is told with what was probably meant") {
  CHECK(mistake_in("call.up.longest_gp") ==
        "'call.up' has no metric 'longest_gp' (did you mean 'longest_gap'?)");
  CHECK(mistake_in("cal.up.loss") ==
        "there is nothing called 'cal.up' to measure (did you mean 'call.up'?)");
  CHECK(mistake_in("call.up.loss@bakup") == "there is no phase 'bakup' (did you mean 'backup'?)");
  CHECK(mistake_in("router.switches@backup") ==
        "'router.switches' cannot be limited to a phase: only metrics of flows, http sessions and "
        "classes can");
  CHECK(mistake_in("failover.x.count") == "'failover.x' needs a number from 1 after the dot");
  CHECK(mistake_in("failover.0.count") == "'failover.0' needs a number from 1 after the dot");
  CHECK(mistake_in("call.resets") == "'call' has no metric 'resets'");
  CHECK(mistake_in("loss") ==
        "'loss' is no metric: it needs a subject and a dot, as in 'failover.detection_time'");
}

TEST_CASE("No two metrics of a subject share a name") {
  std::set<std::tuple<MetricScope, TrafficKind, std::string_view>> seen;
  for (const auto* metric : metric_catalogue()) {
    INFO(metric->name);
    for (const auto* kind : session_kinds())
      if (kind->has(*metric)) CHECK(seen.insert({metric->scope, kind->kind, metric->name}).second);
    CHECK_FALSE(metric->definition.empty());
  }
}

TEST_CASE("The documentation lists exactly the metrics that there are") {
  const auto text = read(WANDRILL_SOURCE_DIR "/docs/metrics.md");
  for (const auto* info : metric_catalogue()) {
    INFO(row(*info));
    CHECK(text.find(row(*info)) != std::string::npos);
  }
  std::ptrdiff_t rows = 0;
  for (std::size_t at = text.find("\n| `"); at != std::string::npos;
       at = text.find("\n| `", at + 1))
    ++rows;
  CHECK(rows == std::ssize(metric_catalogue()) + std::ssize(phase_names()));
  for (const auto phase : phase_names())
    CHECK(text.find(fmt::format("\n| `{}` |", phase)) != std::string::npos);
}

}  // namespace wandrill
