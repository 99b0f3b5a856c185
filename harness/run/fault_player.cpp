// SPDX-License-Identifier: Apache-2.0
#include "run/fault_player.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/pressure.hpp"
#include "plan/faults/fault_text.hpp"
#include "run/fault_record.hpp"
#include "run/timeline.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

constexpr Nanos kLookEvery = std::chrono::milliseconds{1};
/// A value that grows over time grows in steps of this length.
constexpr Nanos kRampStep = std::chrono::milliseconds{50};

}  // namespace

FaultPlayer::FaultPlayer(const RunContext& context, LiveLab& lab, TaskGroup& tasks)
    : context_{context}, tasks_{tasks} {
  for (auto& wan : lab.wans())
    lines_.emplace(wan.plan->name, Line{.wan = &wan, .state = state_under_faults(*wan.plan, {})});
}

void FaultPlayer::drive(Line& line) {
  const LinkState wanted = state_under_faults(*line.wan->plan, line.faults);
  drive_link(*line.wan->link, line.state, wanted);
  line.state = wanted;
  ++line.change;
}

void FaultPlayer::carry_out(Line& line, const FaultEvent& change) {
  const LinkState before = line.state;
  const RunInstant applied = put_in_force(line, change);
  tasks_.spawn(prove(line, change, before, applied));
}

RunInstant FaultPlayer::put_in_force(Line& line, const FaultEvent& change) {
  record_instant(context_, change, "requested", context_.now());
  drive(line);
  const RunInstant applied = context_.now();
  if (const auto wrong = what_was_not_taken(*line.wan->link, line.state); !wrong.empty())
    throw MachineError{fmt::format("{} on {} was not taken: {}", change.what, change.wan, wrong)};
  record_instant(context_, change, "applied", applied);
  tell_applied(context_, change, applied);
  return applied;
}

asio::awaitable<void> FaultPlayer::prove(Line& line, FaultEvent change, LinkState before,
                                         RunInstant applied) {
  const int number = line.change;
  ChangeProof proof{*line.wan->prover, before, line.state};
  proof.start(look_now());
  Proof result;
  do {
    co_await sleep_until(context_, context_.now() + kLookEvery);
    if (line.change != number) {
      record_instant(context_, change, "observed", applied,
                     "not proven: the next change came before");
      co_return;
    }
    result = proof.poll(look_now());
  } while (result.outcome == Proof::Outcome::kPending);
  if (result.outcome == Proof::Outcome::kRefuted) {
    record_instant(context_, change, "no_effect", context_.now(), result.detail);
    context_.tell(fmt::format("{}: NO EFFECT: {}", in_words(change), result.detail));
    co_return;
  }
  const RunInstant observed = result.observed ? context_.origin.at(*result.observed) : applied;
  record_instant(context_, change, "observed", observed, result.detail);
  context_.tell(fmt::format("{}: seen on the wire ({})", in_words(change), result.detail));
}

void FaultPlayer::apply(const FaultAction& fault, RunInstant due) {
  auto& line = this->line(fault.wan);
  const bool starts_down = fault.kind == FaultKind::kFlap && !fault.edges.empty() &&
                           fault.edges.front().offset == Nanos{0} && fault.edges.front().down;
  line.faults.push_back({&fault, starts_down});
  const FaultEvent change{.id = fault.id,
                          .label = fault.label,
                          .wan = fault.wan,
                          .what = fault_text(fault),
                          .due = due};
  if (fault.ramp > Nanos{0}) {
    tasks_.spawn(ramp(line, fault, change));
    return;
  }
  carry_out(line, change);
  if (fault.kind == FaultKind::kFlap) tasks_.spawn(flap(line, fault, context_.now()));
}

asio::awaitable<void> FaultPlayer::ramp(Line& line, const FaultAction& fault, FaultEvent change) {
  const auto steps = std::max<std::int64_t>(1, fault.ramp / kRampStep);
  const auto in_force = [&] {
    return std::ranges::find(line.faults, &fault, &FaultInForce::fault);
  };
  const LinkState before = line.state;
  RunInstant applied{};
  for (std::int64_t step = 1; step <= steps; ++step) {
    if (in_force() == line.faults.end()) co_return;
    in_force()->share = static_cast<double>(step) / static_cast<double>(steps);
    if (step == 1)
      applied = put_in_force(line, change);
    else
      drive(line);
    if (step < steps) co_await sleep_until(context_, change.due + fault.ramp * step / steps);
  }
  tasks_.spawn(prove(line, change, before, applied));
}

void FaultPlayer::restore(const RestoreAction& action, RunInstant due) {
  for (auto& [name, line] : lines_) {
    std::vector<std::string> texts;
    std::erase_if(line.faults, [&](const FaultInForce& one) {
      if (std::ranges::find(action.faults, one.fault->id) == action.faults.end()) return false;
      texts.push_back(fault_text(*one.fault));
      return true;
    });
    if (texts.empty()) continue;
    carry_out(line, {.id = action.id,
                     .label = action.label,
                     .restore = true,
                     .wan = name,
                     .what = fmt::format("{}", fmt::join(texts, ", ")),
                     .due = due});
  }
}

void FaultPlayer::set_flap(Line& line, const FaultAction& fault, bool down) {
  const auto one = std::ranges::find(line.faults, &fault, &FaultInForce::fault);
  if (one == line.faults.end() || one->flapped_down == down) return;
  one->flapped_down = down;
  drive(line);
  context_.recorder.add(FlapEvent{.at = context_.now(), .id = fault.id, .down = down});
}

asio::awaitable<void> FaultPlayer::flap(Line& line, const FaultAction& fault, RunInstant start) {
  const auto in_force = [&] {
    return std::ranges::find(line.faults, &fault, &FaultInForce::fault) != line.faults.end();
  };
  for (const auto& edge : fault.edges) {
    co_await sleep_until(context_, start + edge.offset);
    if (!in_force()) co_return;
    set_flap(line, fault, edge.down);
  }
}

std::string FaultPlayer::in_force(std::string_view wan) const {
  std::vector<std::string> texts;
  for (const auto& one : lines_.find(wan)->second.faults)
    texts.push_back(fault_text(*one.fault));
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace wandrill
