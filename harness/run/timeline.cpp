// SPDX-License-Identifier: Apache-2.0
#include "run/timeline.hpp"

#include <algorithm>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/pressure.hpp"
#include "plan/timeline/action_text.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

constexpr Nanos kLookEvery = std::chrono::milliseconds{5};
constexpr Nanos kEventLookEvery = std::chrono::milliseconds{1};
constexpr Nanos kOnTime = std::chrono::milliseconds{10};

/// Waits for the event; returns the instant at which the step is due.
asio::awaitable<RunInstant> wait_for_event(const RunContext& context, const TimelineStage& stage,
                                           const AfterEvent& after, RunInstant since) {
  const RunInstant deadline = context.now() + after.deadline;
  stage.announce_wait(after.event, deadline);
  auto happened = stage.happened(after, since);
  while (!happened) {
    if (context.now() >= deadline)
      throw MachineError{fmt::format(
          "a step waits for '{}', and no '{}' came within {}: what was to be tested after it could "
          "not be tested",
          event_text(after), after.event, to_string(after.deadline))};
    co_await sleep_until(context, context.now() + kEventLookEvery);
    happened = stage.happened(after, since);
  }
  const RunInstant due = *happened + after.offset;
  stage.announce(event_text(after), due);
  co_await sleep_until(context, due);
  co_return due;
}

/// Waits for the step's time; returns the instant at which it is due.
asio::awaitable<RunInstant> wait_for(const RunContext& context, const TimelineStage& stage,
                                     const StepPlan& step, RunInstant start, RunInstant previous) {
  if (const auto* until = std::get_if<UntilCondition>(&step.when)) {
    const RunInstant since = context.now();
    const auto text = condition_text(until->condition);
    stage.announce_wait(text, since + until->deadline);
    const bool met = co_await wait_until(
        context, [&] { return stage.holds(until->condition, since); }, since + until->deadline);
    const auto took = context.now() - since;
    context.recorder.add(GateEvent{
        .at = context.now(),
        .name = text,
        .met = met,
        .detail = met ? "after " + to_string(std::chrono::round<std::chrono::milliseconds>(took))
                      : "not within " + to_string(until->deadline)});
    context.tell(fmt::format("{} {}", text, met ? "reached" : "NOT reached in time"));
    co_return context.now();
  }
  if (const auto* after = std::get_if<AfterEvent>(&step.when))
    co_return co_await wait_for_event(context, stage, *after, previous);
  const auto* at = std::get_if<AtTime>(&step.when);
  const RunInstant due =
      at != nullptr ? start + at->at : previous + std::get<AfterPrevious>(step.when).wait;
  stage.announce(action_text(step.action), due);
  co_await sleep_until(context, due);
  co_return due;
}

asio::awaitable<void> act(const TimelineStage& stage, const StepPlan& step, RunInstant due) {
  if (const auto* fault = std::get_if<FaultAction>(&step.action)) stage.apply(*fault, due);
  if (const auto* restore = std::get_if<RestoreAction>(&step.action)) stage.restore(*restore, due);
  if (const auto* command = std::get_if<CommandAction>(&step.action))
    co_await stage.command(*command);
}

}  // namespace

asio::awaitable<void> sleep_until(const RunContext& context, RunInstant instant) {
  asio::steady_timer timer{co_await asio::this_coro::executor};
  timer.expires_at(context.origin.instant(instant));
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<bool> wait_until(const RunContext& context, std::function<bool()> holds,
                                 RunInstant deadline) {
  while (!holds()) {
    if (context.now() >= deadline) co_return false;
    co_await sleep_until(context, context.now() + kLookEvery);
  }
  co_return true;
}

asio::awaitable<bool> wait_until(const RunContext& context, std::function<bool()> holds,
                                 Patience& patience) {
  while (!holds()) {
    if (patience.is_over(look_now())) co_return false;
    co_await sleep_until(context, context.now() + kLookEvery);
  }
  co_return true;
}

asio::awaitable<void> play_timeline(const RunContext& context, const TimelineStage& stage,
                                    RunInstant start) {
  RunInstant previous = start;
  for (const auto& step : context.plan.timeline.steps) {
    const RunInstant due = co_await wait_for(context, stage, step, start, previous);
    // A `wait` after a step that a stall of ours delayed keeps its length.
    previous = std::max(due, context.now() - kOnTime);
    co_await act(stage, step, due);
  }
  const RunInstant end = start + context.plan.timeline.duration;
  if (end > context.now()) {
    stage.announce("the end of the timeline", end);
    co_await sleep_until(context, end);
  }
}

}  // namespace wandrill
