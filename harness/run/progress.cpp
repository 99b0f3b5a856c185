// SPDX-License-Identifier: Apache-2.0
#include "run/progress.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "run/timeline.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

constexpr Nanos kTellEvery = std::chrono::milliseconds{200};
/// More sessions than this are shown by their first ones: a picture is no table.
constexpr std::size_t kMostSessionsShown = 8;

/// How long nothing has arrived, in ms; −1 when nothing ever did.
Json way(const FlowView& flow, RunInstant now) {
  if (!flow.last_received) return {{"silent_ms", -1}};
  const auto silent =
      std::chrono::duration_cast<std::chrono::milliseconds>(now - *flow.last_received);
  return {{"silent_ms", silent.count()}};
}

}  // namespace

Progress::Progress(const RunContext& context, Traffic& traffic, Observer& observer,
                   std::function<std::string(const std::string& wan)> fault_on)
    : context_{context}, traffic_{traffic}, observer_{observer}, fault_on_{std::move(fault_on)} {}

void Progress::enter_stage(const std::string& stage) {
  stage_ = stage;
  ahead_.clear();
  context_.recorder.add(StageEvent{.at = context_.now(), .stage = stage});
}

void Progress::announce(const std::string& what, RunInstant due) {
  ahead_ = what;
  ahead_at_ = due;
  is_waiting_ = false;
}

void Progress::announce_wait(const std::string& what, RunInstant deadline) {
  announce(what, deadline);
  is_waiting_ = true;
}

std::string Progress::ahead_text(RunInstant now) const {
  if (ahead_.empty()) return "";
  const auto left = std::max(0.0, std::chrono::duration<double>(ahead_at_ - now).count());
  return is_waiting_ ? fmt::format("waiting until {}; gives up in {:.1f} s", ahead_, left)
                     : fmt::format("next: {} in {:.1f} s", ahead_, left);
}

Json Progress::picture() const {
  const RunInstant now = context_.now();
  Json wans = Json::array();
  const auto carrier = context_.plan.traffic.sessions.empty() ? "" : observer_.egress_of(0);
  for (const auto& wan : context_.plan.topology.wans)
    wans.push_back(
        {{"name", wan.name}, {"active", wan.name == carrier}, {"fault", fault_on_(wan.name)}});
  Json sessions = Json::array();
  const auto& plans = context_.plan.traffic.sessions;
  for (std::size_t i = 0; i < std::min(plans.size(), kMostSessionsShown); ++i) {
    const auto view = traffic_.view(i);
    sessions.push_back(
        {{"name", plans[i].name}, {"up", way(view.up, now)}, {"down", way(view.down, now)}});
  }
  return {{"type", "progress"},
          {"scenario", context_.plan.scenario},
          {"stage", stage_},
          {"elapsed", now.time_since_epoch().count()},
          {"wans", wans},
          {"sessions", sessions},
          {"ahead", ahead_text(now)}};
}

asio::awaitable<void> Progress::keep_telling() {
  for (RunInstant due = context_.now();; due += kTellEvery) {
    co_await sleep_until(context_, due);
    context_.channel.send(picture());
  }
}

}  // namespace wandrill
