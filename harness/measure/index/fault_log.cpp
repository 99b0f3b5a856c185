// SPDX-License-Identifier: Apache-2.0
#include "measure/index/fault_log.hpp"

#include <algorithm>

namespace wandrill {
namespace {
using namespace std::chrono_literals;

/// Steps closer than this are one: a restore of two links, say.
constexpr Nanos kSameStep = 1ms;

std::optional<std::uint8_t> wan_index(const Plan& plan, const std::string& name) {
  const auto& wans = plan.topology.wans;
  const auto found =
      std::find_if(wans.begin(), wans.end(), [&](const WanPlan& wan) { return wan.name == name; });
  if (found == wans.end()) return std::nullopt;
  return static_cast<std::uint8_t>(found - wans.begin());
}

FaultRecord& record_of(std::vector<FaultRecord>& records, const FaultEvent& event,
                       std::optional<std::uint8_t> wan) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const FaultRecord& record) {
    return record.id == event.id && record.wan == wan;
  });
  if (found != records.end()) return *found;
  const std::string prefix = event.restore ? "restore of " : "";
  records.push_back({.id = event.id,
                     .label = event.label,
                     .what = prefix + event.what + (event.wan.empty() ? "" : " on " + event.wan),
                     .restore = event.restore,
                     .wan = wan});
  return records.back();
}

void take(FaultLog& log, const FaultEvent& event, std::optional<std::uint8_t> wan) {
  auto& record = record_of(event.restore ? log.restores : log.faults, event, wan);
  if (event.instant == "requested") record.requested = event.at;
  if (event.instant == "applied") record.applied = event.at;
  if (event.instant == "observed") record.observed = event.at;
  if (event.instant == "no_effect") log.unproven.push_back(event.id);
  if (event.instant == "requested") log.steps.push_back(event.at);
}

void take(FaultLog& log, const FlapEvent& event) {
  for (auto& fault : log.faults)
    if (fault.id == event.id) fault.edges.push_back(event);
}

/// What the plan knows of a record: its kind, duty and round, and what a restore undoes.
void consult_plan(FaultLog& log, const StepPlan& step) {
  if (const auto* fault = std::get_if<FaultAction>(&step.action)) {
    for (auto& record : log.faults) {
      if (record.id != fault->id) continue;
      record.kind = fault->kind;
      record.duty = fault->duty;
      record.is_total = takes_wan_away(*fault);
      record.grows = fault->ramp;
      record.cycle = step.cycle;
    }
  }
  if (const auto* restore = std::get_if<RestoreAction>(&step.action)) {
    for (auto& record : log.restores) {
      if (record.id != restore->id) continue;
      record.cycle = step.cycle;
      for (auto& fault : log.faults) {
        const auto& ids = restore->faults;
        const bool undone = std::find(ids.begin(), ids.end(), fault.id) != ids.end();
        if (undone && fault.wan == record.wan) fault.until = record.start();
      }
    }
  }
  if (const auto* command = std::get_if<CommandAction>(&step.action))
    for (auto& record : log.commands)
      if (record.event.id == command->id) record.cycle = step.cycle;
}

}  // namespace

RunInstant FaultRecord::start() const {
  return applied ? *applied : requested.value_or(observed.value_or(RunInstant::max()));
}

std::optional<RunInstant> FaultRecord::last_edge(bool down, RunInstant at) const {
  if (kind != FaultKind::kFlap) return std::nullopt;
  std::optional<RunInstant> last;
  if (down && start() <= at) last = observed.value_or(start());
  for (const auto& edge : edges)
    if (edge.down == down && edge.at <= at) last = edge.at;
  return last;
}

std::optional<RunInstant> FaultLog::next_step(RunInstant at) const {
  const auto next = std::upper_bound(steps.begin(), steps.end(), at + kSameStep);
  if (next == steps.end()) return std::nullopt;
  return *next;
}

bool FaultLog::is_dead(std::uint8_t wan, RunInstant at) const {
  return std::any_of(faults.begin(), faults.end(), [&](const FaultRecord& fault) {
    return fault.wan == wan && fault.duty == FailoverDuty::kRequired && fault.in_force(at);
  });
}

std::vector<TimeSpan> FaultLog::without_wan(std::size_t wans) const {
  const auto is_down = [&](std::size_t wan, RunInstant at) {
    return std::ranges::any_of(faults, [&](const FaultRecord& fault) {
      return fault.wan == wan && fault.is_total && fault.in_force(at) && fault.is_whole(at);
    });
  };
  std::vector<RunInstant> edges;
  for (const auto& fault : faults) {
    edges.push_back(fault.start());
    if (fault.grows > Nanos{0} && fault.start() != RunInstant::max())
      edges.push_back(fault.start() + fault.grows);
    edges.push_back(fault.until);
  }
  std::ranges::sort(edges);
  std::vector<TimeSpan> spans;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    bool all = wans > 0;
    for (std::size_t wan = 0; wan < wans; ++wan)
      all = all && is_down(wan, edges[i]);
    if (all && edges[i] < edges[i + 1]) spans.push_back({edges[i], edges[i + 1]});
  }
  return spans;
}

FaultLog index_faults(const Plan& plan, const std::vector<Event>& events) {
  FaultLog log;
  for (const auto& event : events) {
    if (const auto* fault = std::get_if<FaultEvent>(&event)) {
      take(log, *fault, wan_index(plan, fault->wan));
    } else if (const auto* flap = std::get_if<FlapEvent>(&event)) {
      take(log, *flap);
    } else if (const auto* command = std::get_if<CommandEvent>(&event)) {
      log.commands.push_back({*command});
      log.steps.push_back(command->at);
    }
  }
  for (const auto& step : plan.timeline.steps)
    consult_plan(log, step);
  const auto is_earlier = [](const FaultRecord& a, const FaultRecord& b) {
    return a.start() < b.start();
  };
  std::stable_sort(log.faults.begin(), log.faults.end(), is_earlier);
  std::stable_sort(log.restores.begin(), log.restores.end(), is_earlier);
  std::sort(log.steps.begin(), log.steps.end());
  return log;
}

}  // namespace wandrill
