// SPDX-License-Identifier: Apache-2.0
#include "run/lab_fault_player.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/pressure.hpp"
#include "plan/faults/fault_text.hpp"
#include "run/fault_record.hpp"
#include "run/timeline.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

constexpr Nanos kLookEvery = std::chrono::milliseconds{5};

}  // namespace

LabFaultPlayer::LabFaultPlayer(const RunContext& context, const LabFaultStage& stage,
                               TaskGroup& tasks)
    : context_{context}, stage_{stage}, tasks_{tasks} {}

void LabFaultPlayer::carry_out(Change change) {
  record_instant(context_, change.event, "requested", context_.now());
  if (change.event.restore)
    change.fault->undo();
  else
    change.fault->apply();
  const RunInstant applied = context_.now();
  record_instant(context_, change.event, "applied", applied);
  tell_applied(context_, change.event, applied);
  change.number = ++changes_[change.fault.get()];
  const Patience patience{change.fault->patience(), look_now()};
  tasks_.spawn(prove(std::move(change), applied, patience));
}

asio::awaitable<void> LabFaultPlayer::prove(Change change, RunInstant applied, Patience patience) {
  for (;;) {
    if (changes_[change.fault.get()] != change.number) {
      record_instant(context_, change.event, "observed", applied,
                     "not proven: the next change came before");
      co_return;
    }
    const bool is_over = patience.is_over(look_now());
    auto evidence = change.fault->evidence();
    if (!evidence.empty()) {
      if (patience.is_stretched()) evidence += ", " + patience.note();
      record_instant(context_, change.event, "observed", context_.now(), evidence);
      context_.tell(fmt::format("{}: seen in the lab ({})", in_words(change.event), evidence));
      co_return;
    }
    if (is_over) {
      change.fault->give_up();
      const auto why = "no effect was seen in the lab within " + patience.text();
      record_instant(context_, change.event, "no_effect", context_.now(), why);
      context_.tell(fmt::format("{}: NO EFFECT: {}", in_words(change.event), why));
      co_return;
    }
    co_await sleep_until(context_, context_.now() + kLookEvery);
  }
}

void LabFaultPlayer::apply(const FaultAction& fault, RunInstant due) {
  const auto text = fault_text(fault);
  Change change{.event = {.id = fault.id,
                          .label = fault.label,
                          .wan = fault.wan,
                          .what = fault.wan.empty() ? text + " on " + fault_place(fault) : text,
                          .due = due},
                .fault = make_lab_fault(fault, stage_)};
  carry_out(change);
  if (!is_momentary(fault)) in_force_.emplace(fault.id, std::move(change));
}

void LabFaultPlayer::restore(const RestoreAction& action, RunInstant due) {
  for (const auto& id : action.faults) {
    const auto found = in_force_.find(id);
    if (found == in_force_.end()) continue;
    Change change = std::move(found->second);
    in_force_.erase(found);
    change.event.id = action.id;
    change.event.label = action.label;
    change.event.restore = true;
    change.event.due = due;
    carry_out(std::move(change));
  }
}

}  // namespace wandrill
