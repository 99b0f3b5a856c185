// SPDX-License-Identifier: Apache-2.0
#include "measure/kinds/matrix.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/names.hpp"
#include "plan/faults/fault_info.hpp"
#include "plan/kinds/policy_metrics.hpp"

namespace wandrill {
namespace {
using namespace std::chrono_literals;
using State = MatrixInterval::State;

/// What a switch starts takes a moment: new routes, rules, addresses.
constexpr Nanos kSettles = 1s;

/// A time on one WAN, and those parts of it in which policy alone decides what passes.
struct Stay {
  std::uint8_t wan = 0;
  TimeSpan span;
  std::vector<TimeSpan> clean;
};

void cut_out(std::vector<TimeSpan>& spans, const TimeSpan& hole) {
  std::vector<TimeSpan> left;
  for (const auto& span : spans) {
    const TimeSpan before{span.from, std::min(span.until, hole.from)};
    const TimeSpan after{std::max(span.from, hole.until), span.until};
    for (const auto& part : {before, after})
      if (part.length() > Nanos{0}) left.push_back(part);
  }
  spans = std::move(left);
}

/// Packets that were on their way when a fault began met the fault. A server that is deaf is so on
/// every WAN; what becomes of policy without a part of the router is the router's affair.
void cut_out_faults(const RunIndex& run, Stay& stay) {
  for (const auto& fault : run.faults.faults) {
    const bool is_of_server = info_of(fault.kind).silences_server;
    if (fault.start() == RunInstant::max() || (fault.wan != stay.wan && !is_of_server)) continue;
    const auto until = fault.until == RunInstant::max() ? fault.until : fault.until + kSettles;
    cut_out(stay.clean, {fault.start() - run.in_flight, until});
    if (!is_of_server && stay.span.contains(fault.start())) stay.span.until = fault.start();
  }
}

std::vector<Stay> stays_of(const RunIndex& run) {
  std::vector<Stay> stays;
  if (!run.history.first) return stays;
  stays.push_back({*run.history.first, {run.timeline.from, run.timeline.until}, {}});
  for (const auto& one : run.history.switches) {
    stays.back().span.until = one.at;
    stays.push_back({one.to, {one.at, run.timeline.until}, {}});
  }
  for (std::size_t i = 0; i < stays.size(); ++i) {
    auto& stay = stays[i];
    const auto from = i == 0 ? stay.span.from : stay.span.from + kSettles;
    if (from < stay.span.until) stay.clean.push_back({from, stay.span.until - run.in_flight});
    cut_out_faults(run, stay);
  }
  return stays;
}

/// Which WAN packets left by, by number; those that no tap saw are not there.
using Exits = std::unordered_map<std::uint32_t, std::uint8_t>;

Exits exits_of(const RunIndex& run, FlowId flow) {
  Exits exits;
  if (const auto* egress = run.egress_of(flow))
    egress->sightings.visit(
        [&](const TapObservation& seen) { exits.emplace(seen.sequence, seen.wan); });
  return exits;
}

/// Counts what the packets of a clean part of the stay tell.
void count(const FlowPackets& packets, const Exits& exits, std::uint8_t wan, const TimeSpan& part,
           MatrixInterval& told) {
  const auto range = packets.within(part);
  for (auto i = range.first; i < range.last; ++i) {
    const auto exit = exits.find(static_cast<std::uint32_t>(i));
    const bool is_elsewhere = exit != exits.end() && exit->second != wan;
    if (is_elsewhere || !packets.was_sent(i) || packets.fate(i) == PacketOutcome::kUnknown)
      continue;
    ++told.attempts;
    if (exit != exits.end()) ++told.left;
    if (packets.came(i)) ++told.arrived;
  }
}

MatrixCell cell_of(const RunIndex& run, const SessionPlan& session,
                   const std::vector<Stay>& stays) {
  const auto exits = exits_of(run, session.up);
  MatrixCell cell{.session = session.name, .stays = {}};
  for (const auto& stay : stays) {
    auto& told =
        cell.stays.emplace_back(MatrixInterval{.wan = run.wan_name(stay.wan), .span = stay.span});
    for (const auto& part : stay.clean)
      count(run.packets[session.up], exits, stay.wan, part, told);
  }
  return cell;
}

/// The numbers of a group of cells, or of one.
struct Tally {
  std::size_t compared = 0;
  std::size_t opened = 0;
  std::size_t closed = 0;
  std::vector<std::string> different;
  std::optional<TimeSpan> when;

  void take(const MatrixCell& cell) {
    if (cell.is_compared()) ++compared;
    const auto* other = cell.other();
    if (other == nullptr) return;
    ++(other->state() == State::kOpen ? opened : closed);
    different.push_back(fmt::format("{} on {}", cell.session, other->wan));
    if (!when || other->span.from < when->from) when = other->span;
  }
};

std::string why_not_compared(const std::vector<Stay>& stays) {
  if (stays.empty()) return "no session told which WAN traffic left by";
  if (stays.size() == 1) return "traffic left by one WAN only, so that there is nothing to compare";
  return fmt::format("no pair was tried {} times on more than one WAN",
                     MatrixInterval::kLeastAttempts);
}

void publish(const MetricOf& of, const Tally& tally, const std::vector<Stay>& stays,
             MetricSink& sink) {
  using namespace metrics::matrix;
  const auto number_of = [&](std::size_t number) {
    Reading<Count> reading{.note = names_text(tally.different, 3)};
    if (number > 0) reading.when = tally.when;
    reading.untried = tally.compared == 0;
    if (reading.untried)
      reading.note = why_not_compared(stays);
    else
      reading.value = counted(number).value;
    return reading;
  };
  sink.set(of, kDifferences, number_of(tally.different.size()));
  sink.set(of, kOpened, number_of(tally.opened));
  sink.set(of, kClosed, number_of(tally.closed));
  sink.set(of, kCompared, counted(tally.compared));
}

}  // namespace

std::string_view to_string(MatrixInterval::State state) {
  switch (state) {
    case State::kOpen:
      return "open";
    case State::kClosed:
      return "closed";
    case State::kUntried:
      break;
  }
  return "untried";
}

const MatrixInterval* MatrixCell::first() const {
  const auto found =
      std::ranges::find_if(stays, [](const auto& one) { return one.state() != State::kUntried; });
  return found == stays.end() ? nullptr : &*found;
}

const MatrixInterval* MatrixCell::other() const {
  const auto* known = first();
  const auto found = std::ranges::find_if(stays, [&](const MatrixInterval& one) {
    return one.state() != State::kUntried && one.state() != known->state();
  });
  return found == stays.end() ? nullptr : &*found;
}

bool MatrixCell::is_compared() const {
  return std::ranges::count_if(stays,
                               [](const auto& one) { return one.state() != State::kUntried; }) > 1;
}

void measure_matrix(const RunIndex& run, MetricSink& sink) {
  const auto stays = stays_of(run);
  std::map<std::string, Tally> groups;
  for (const auto& session : run.plan.traffic.sessions) {
    if (session.kind != TrafficKind::kMatrix) continue;
    auto cell = cell_of(run, session, stays);
    Tally own;
    own.take(cell);
    groups[session.group].take(cell);
    sink.add(std::move(cell));
    publish(of_session(session), own, stays, sink);
    const auto& packets = run.packets[session.up];
    sink.set(of_session(session), metrics::policy::kAttempts,
             counted(packets.count_sent(packets.within(run.timeline))));
  }
  for (const auto& [group, tally] : groups)
    publish({.subject = group}, tally, stays, sink);
}

}  // namespace wandrill
