// SPDX-License-Identifier: Apache-2.0
// wandrill_bench_recording RUN: plays the plan.yaml of a run folder on paper and writes its
// recording, through the code that records a real run. For ci/bench.
#include <algorithm>
#include <filesystem>
#include <random>

#include <fmt/core.h>

#include "base/files.hpp"
#include "plan/plan_text.hpp"
#include "record/recorder.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;

/// Traffic goes on for this long before the timeline starts.
constexpr Nanos kSettling = 5s;
constexpr Nanos kRouterTakes = 900ms;
constexpr Nanos kComesBackAfter = 5s;
constexpr Nanos kDrainFor = 2s;
constexpr Nanos kToTheTap = 300us;

/// The first fault and its restore, both on the WAN that is preferred.
struct Outage {
  FaultAction fault;
  RestoreAction restore;
  RunInstant from;
  RunInstant until;
};

Outage outage_of(const Plan& plan) {
  Outage outage;
  for (const auto& step : plan.timeline.steps) {
    const auto* when = std::get_if<AtTime>(&step.when);
    if (when == nullptr) continue;
    const RunInstant at{kSettling + when->at};
    if (const auto* fault = std::get_if<FaultAction>(&step.action))
      outage.fault = *fault, outage.from = at;
    if (const auto* restore = std::get_if<RestoreAction>(&step.action))
      outage.restore = *restore, outage.until = at;
  }
  return outage;
}

/// A timeline without a duration lasts until its last step.
Nanos duration_of(const TimelinePlan& timeline) {
  auto duration = timeline.duration;
  for (const auto& step : timeline.steps)
    if (const auto* when = std::get_if<AtTime>(&step.when)) duration = std::max(duration, when->at);
  return duration;
}

class Player {
 public:
  Player(const Plan& plan, Recorder& recorder)
      : plan_{plan},
        recorder_{recorder},
        outage_{outage_of(plan)},
        sequences_(plan.traffic.flows.size()) {}

  void play() {
    recorder_.set_facts({.engine = "wire", .kernel = "made up", .wandrill_version = "bench"});
    tell(RunInstant{}, "bring_up");
    tell(RunInstant{kSettling}, "timeline");
    tell(outage_.fault, outage_.from);
    tell(outage_.restore, outage_.until);
    const RunInstant end{kSettling + duration_of(plan_.timeline)};
    const auto interval = plan_.traffic.sessions.front().interval;
    for (RunInstant tick{}; tick < end; tick += interval)
      for (const auto& flow : plan_.traffic.flows)
        send(flow, tick + plan_.traffic.session_of(flow.id).phase);
    tell(end, "drain");
    tell(end + kDrainFor, "end");
    recorder_.set_facts({.engine = "wire",
                         .kernel = "made up",
                         .wandrill_version = "bench",
                         .ending = RunEnding::kComplete});
  }

 private:
  void tell(RunInstant at, const char* stage) { recorder_.add(StageEvent{at, stage}); }
  void tell_instants(FaultEvent event) {
    for (const auto* instant : {"requested", "applied", "observed"}) {
      event.instant = instant;
      recorder_.add(event);
      event.at += 1ms;
    }
  }
  void tell(const FaultAction& fault, RunInstant at) {
    tell_instants(
        {.at = at, .id = fault.id, .label = fault.label, .wan = fault.wan, .what = "cut"});
  }
  void tell(const RestoreAction& restore, RunInstant at) {
    tell_instants({.at = at,
                   .id = restore.id,
                   .label = restore.label,
                   .restore = true,
                   .wan = outage_.fault.wan,
                   .what = "cut"});
  }

  void send(const FlowPlan& flow, RunInstant due) {
    const auto sequence = sequences_[flow.id]++;
    const auto late = std::chrono::nanoseconds{random_() % 200'000};
    const RunInstant sent = due + late;
    recorder_.sent(flow.id, sequence, due, static_cast<std::int32_t>(late.count()));
    const bool on_backup =
        sent >= outage_.from + kRouterTakes && sent < outage_.until + kComesBackAfter;
    const std::uint8_t wan = on_backup ? 1 : 0;
    const bool is_lost =
        random_() % 1000 == 0 || (wan == 0 && sent >= outage_.from && sent < outage_.until);
    const bool is_up = flow.direction == Direction::kUp;
    const auto& line = plan_.topology.wans[wan];
    const Nanos delay =
        (is_up ? line.up : line.down).delay + std::chrono::nanoseconds{random_() % 400'000};
    if (is_up)
      recorder_.tapped(flow.id, sequence, sent + kToTheTap, wan, 0, source(line));
    else if (!is_lost)
      recorder_.tapped(flow.id, sequence, sent + delay - kToTheTap, wan, 1,
                       plan_.traffic.session_of(flow.id).server.address);
    if (!is_lost) recorder_.received(flow.id, sequence, sent + delay, 20'000);
  }
  static const IpAddress& source(const WanPlan& wan) {
    return wan.router.addresses.front().address;
  }

  const Plan& plan_;
  Recorder& recorder_;
  Outage outage_;
  std::vector<std::uint64_t> sequences_;
  std::minstd_rand random_{1};
};

}  // namespace
}  // namespace wandrill

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: wandrill_bench_recording RUN\n");
    return 2;
  }
  const std::filesystem::path folder{argv[1]};
  const auto plan = wandrill::plan_from_yaml(wandrill::read_file(folder / "plan.yaml"));
  wandrill::Recorder recorder{folder / "recording"};
  wandrill::Player{plan, recorder}.play();
}
