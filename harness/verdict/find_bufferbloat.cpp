// SPDX-License-Identifier: Apache-2.0
#include "verdict/find_bufferbloat.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "verdict/text.hpp"

namespace wandrill {
namespace {

/// What a queue may add to a call's one-way delay before people mind (ITU-T G.114 leaves 150 ms for
/// all of it).
constexpr double kBloat = 0.08;
/// Beyond it nobody can talk (ITU-T G.114).
constexpr double kUnusable = 0.4;

double line_delay(const Plan& plan) {
  Nanos longest{0};
  for (const auto& wan : plan.topology.wans)
    longest = std::max({longest, wan.up.delay, wan.down.delay});
  return in_seconds(longest);
}

struct Worst {
  std::string flow;
  std::string phase;
  double delay = 0.0;
};

Worst worst_wait(const Plan& plan, const Measurements& measurements) {
  Worst worst;
  for (const auto& flow : plan.traffic.flows) {
    if (!plan.traffic.sessions[flow.session].call) continue;
    for (const char* phase : {"before", "backup", "after"}) {
      const auto* measured = measurements.metric(fmt::format("{}.delay_p99@{}", flow.name, phase));
      if (measured == nullptr || !measured->value) continue;
      const double delay = *measured->value - measured->tester_share;
      if (delay > worst.delay) worst = {flow.name, phase, delay};
    }
  }
  return worst;
}

std::string transfers(const Plan& plan) {
  std::vector<std::string> names;
  for (const auto& session : plan.traffic.sessions)
    if (session.of<BulkPlan>()) names.push_back(session.name);
  return names_text(names);
}

}  // namespace

void find_bufferbloat(const Plan& plan, const Measurements& measurements,
                      std::vector<Finding>& found) {
  const auto names = transfers(plan);
  const auto worst = worst_wait(plan, measurements);
  const double own = line_delay(plan);
  if (names.empty() || worst.delay - own <= kBloat) return;
  found.push_back(
      {worst.delay > kUnusable ? Finding::Bucket::kImmediateFix
                               : Finding::Bucket::kPlannedEngineering,
       "Calls wait behind transfers",
       fmt::format(
           "{} was late by {} (99th percentile) in the phase '{}', {} of it in a queue that "
           "{} filled.",
           worst.flow, time_text(worst.delay), worst.phase, time_text(worst.delay - own), names),
       "Shape what leaves by each WAN to a little less than the line carries, and send voice "
       "first; "
       "the provider's queue then stays empty."});
}

}  // namespace wandrill
