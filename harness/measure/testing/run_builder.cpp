// SPDX-License-Identifier: Apache-2.0
#include "measure/testing/run_builder.hpp"

#include <algorithm>
#include <array>

#include "measure/measure.hpp"

namespace wandrill::testing {
namespace {
using namespace std::chrono_literals;

constexpr std::array<Nanos, 2> kDelay{4ms, 25ms};
constexpr Nanos kToTheTap = 1ms;
constexpr Nanos kObservedAfter = 1ms;
constexpr Nanos kDrain = 2s;

RunInstant at_time(Nanos since_start) {
  return RunInstant{since_start};
}

WanPlan wan(const std::string& name, int priority) {
  WanPlan plan{.name = name, .priority = priority};
  const auto address = "100.64." + std::to_string(priority) + ".2/24";
  plan.router = {"router", name, {*IpPrefix::parse(address)}};
  return plan;
}

}  // namespace

RunBuilder::RunBuilder() {
  plan_.scenario = "made-up";
  plan_.topology.nodes = {{.name = "router", .kind = NodeKind::kRouter}};
  plan_.topology.wans = {wan("wan_a", 1), wan("wan_b", 2)};
  plan_.sustained_for = 2s;
  plan_.timeline.steady_for = 1s;
  plan_.timeline.steady_within = 5s;
  events_ = {StageEvent{at_time(0s), "timeline"}};
}

void RunBuilder::add_flow(const std::string& name, Direction direction) {
  plan_.traffic.flows.push_back({.id = static_cast<FlowId>(plan_.traffic.flows.size()),
                                 .name = name + (direction == Direction::kUp ? ".up" : ".down"),
                                 .session = plan_.traffic.sessions.size() - 1,
                                 .direction = direction});
}

RunBuilder& RunBuilder::session(const std::string& name, Nanos interval, TrafficKind kind,
                                Family family) {
  SessionPlan session{.name = name, .group = name, .kind = kind, .interval = interval};
  session.late_after = 2s;
  if (traits_of(kind).has_voice)
    session.call = CallPlan{
        .codec = {.name = "g711", .loss_robustness = 25.1}, .playout = 60ms, .resync = 500ms};
  if (kind == TrafficKind::kHttp) session.own = HttpPlan{};
  if (kind == TrafficKind::kSip) session.own = SipPlan{};
  if (kind == TrafficKind::kBulk) session.own = BulkPlan{.direction = FaultDirection::kBoth};
  if (traits_of(kind).shape == FlowShape::kTunnel) session.own = TunnelPlan{};
  session.client.address =
      *IpAddress::parse(family == Family::kIpv4 ? "192.168.1.20" : "fd00:1::20");
  session.up = static_cast<FlowId>(plan_.traffic.flows.size());
  session.down = static_cast<FlowId>(session.up + 1);
  plan_.traffic.sessions.push_back(session);
  add_flow(name, Direction::kUp);
  add_flow(name, Direction::kDown);
  return *this;
}

RunBuilder& RunBuilder::http(const std::string& name, HttpPlan http) {
  std::ranges::find(plan_.traffic.sessions, name, &SessionPlan::name)->own = http;
  return *this;
}

RunBuilder& RunBuilder::member(const std::string& group, int number, Nanos interval) {
  session(group + "." + std::to_string(number), interval);
  plan_.traffic.sessions.back().group = group;
  return *this;
}

void RunBuilder::add_instants(FaultEvent event, Nanos at) {
  for (const auto& [instant, delay] :
       {std::pair{"requested", 0ns}, {"applied", 0ns}, {"observed", Nanos{kObservedAfter}}}) {
    event.instant = instant;
    event.at = at_time(at + delay);
    events_.emplace_back(event);
  }
}

void RunBuilder::add_fault(const FaultAction& fault, Nanos at) {
  plan_.timeline.steps.push_back({.when = AtTime{at}, .action = fault});
  FaultEvent event{.id = fault.id, .label = fault.label, .wan = fault.wan};
  event.what = std::string{to_string(fault.kind)} + " both";
  add_instants(std::move(event), at);
}

void RunBuilder::add_restore(const RestoreAction& restore, const FaultAction& fault, Nanos at) {
  plan_.timeline.steps.push_back({.when = AtTime{at}, .action = restore});
  FaultEvent event{.id = restore.id, .label = restore.label, .restore = true, .wan = fault.wan};
  event.what = std::string{to_string(fault.kind)} + " both";
  add_instants(std::move(event), at);
}

// NOLINTNEXTLINE(readability-function-size): tests read better without a struct.
RunBuilder& RunBuilder::cut(const std::string& wan, Nanos from, Nanos until, const std::string& id,
                            FailoverDuty duty) {
  const FaultAction fault{
      .id = id, .label = id, .kind = FaultKind::kCarrier, .wan = wan, .duty = duty};
  add_fault(fault, from);
  if (until > Nanos{0}) add_restore({"mend " + id, "mend " + id, {id}}, fault, until);
  cuts_.push_back({wan, from, until > Nanos{0} ? until : Nanos::max()});
  return *this;
}

RunBuilder& RunBuilder::fault(FaultAction fault, Nanos from, Nanos until) {
  fault.label = fault.id;
  add_fault(fault, from);
  add_restore({"mend " + fault.id, "mend " + fault.id, {fault.id}}, fault, until);
  return *this;
}

RunBuilder& RunBuilder::deafen(Nanos from, Nanos until) {
  const FaultAction fault{.id = "deaf", .label = "deaf", .kind = FaultKind::kMonitorTarget};
  add_fault(fault, from);
  add_restore({"mend deaf", "mend deaf", {"deaf"}}, fault, until);
  return *this;
}

RunBuilder& RunBuilder::flap(const std::string& wan, Nanos from, Nanos until, Nanos every) {
  const FaultAction fault{.id = "flap", .label = "flap", .kind = FaultKind::kFlap, .wan = wan};
  add_fault(fault, from);
  bool down = true;
  for (Nanos edge = from; edge < until; edge += every) {
    if (edge > from) events_.emplace_back(FlapEvent{at_time(edge), "flap", down});
    if (down) cuts_.push_back({wan, edge, std::min(edge + every, until)});
    down = !down;
  }
  add_restore({"mend flap", "mend flap", {"flap"}}, fault, until);
  return *this;
}

RunBuilder& RunBuilder::move(const std::string& wan, Nanos at, const std::string& session) {
  moves_.push_back({at, session, static_cast<std::uint8_t>(wan == "wan_a" ? 0 : 1)});
  return *this;
}

RunBuilder& RunBuilder::lose(const std::string& flow, Nanos from, Nanos until) {
  lost_[flow].push_back({from, until});
  return *this;
}

RunBuilder& RunBuilder::duplicate(const std::string& flow, Nanos scheduled) {
  duplicated_[flow].push_back(scheduled);
  return *this;
}

RunBuilder& RunBuilder::hold(const std::string& flow, Nanos scheduled, Nanos longer) {
  held_[flow][scheduled] = longer;
  return *this;
}

RunBuilder& RunBuilder::refuse(const std::string& flow, Nanos from, Nanos until) {
  refused_[flow].push_back({from, until});
  return *this;
}

RunBuilder& RunBuilder::stall(Nanos from, Nanos until) {
  return event(TesterEvent{.at = at_time(from), .kind = "stall", .until = at_time(until)});
}

RunBuilder& RunBuilder::event(Event one) {
  events_.push_back(std::move(one));
  return *this;
}

RunBuilder& RunBuilder::expect(ExpectationPlan one) {
  plan_.expectations.push_back(std::move(one));
  return *this;
}

RunBuilder& RunBuilder::end(Nanos at, RunEnding ending) {
  end_ = at;
  recorded_until_ = at + kDrain;
  ending_ = ending;
  events_.emplace_back(StageEvent{at_time(at), "drain"});
  events_.emplace_back(StageEvent{at_time(recorded_until_), "end"});
  return *this;
}

RunBuilder& RunBuilder::interrupt(Nanos at) {
  end_ = recorded_until_ = at;
  ending_ = RunEnding::kInterrupted;
  return *this;
}

std::uint8_t RunBuilder::wan_at(const SessionPlan& session, Nanos at) const {
  std::uint8_t wan = 0;
  for (const auto& move : moves_)
    if (move.at <= at && (move.session.empty() || move.session == session.name)) wan = move.wan;
  return wan;
}

bool RunBuilder::is_cut(std::uint8_t wan, Nanos at) const {
  const auto& name = plan_.topology.wans[wan].name;
  return std::any_of(cuts_.begin(), cuts_.end(), [&](const Cut& cut) {
    return cut.wan == name && cut.from <= at && at < cut.until;
  });
}

bool RunBuilder::is_in(const std::map<std::string, std::vector<Part>>& parts,
                       const std::string& flow, Nanos at) const {
  const auto found = parts.find(flow);
  return found != parts.end() &&
         std::any_of(found->second.begin(), found->second.end(),
                     [&](const Part& part) { return part.from <= at && at < part.until; });
}

void RunBuilder::play(const FlowPlan& flow, Recording& recording) const {
  const auto& session = plan_.traffic.sessions[flow.session];
  const auto held = held_.find(flow.name);
  const auto duplicated = duplicated_.find(flow.name);
  std::uint64_t sequence = 0;
  for (Nanos at{0}; at < end_; at += session.interval, ++sequence) {
    const auto wan = wan_at(session, at);
    const bool refused = is_in(refused_, flow.name, at);
    recording.sent.append(flow.id, sequence, at_time(at), refused ? SentColumns::kNotSent : 0);
    if (refused) continue;
    if (flow.direction == Direction::kUp)
      recording.tapped.append(flow.id, sequence, at_time(at + kToTheTap), wan, 0, wan);
    if (is_cut(wan, at) || is_in(lost_, flow.name, at)) continue;
    Nanos arrival = at + kDelay[wan];
    if (held != held_.end() && held->second.contains(at)) arrival += held->second.at(at);
    if (arrival > recorded_until_) continue;
    recording.received.append(flow.id, sequence, at_time(arrival), 0);
    if (duplicated != duplicated_.end() &&
        std::count(duplicated->second.begin(), duplicated->second.end(), at) > 0)
      recording.received.append(flow.id, sequence, at_time(arrival + 1ms), 0);
  }
}

Recording RunBuilder::recording() const {
  Recording recording;
  recording.facts.ending = ending_;
  for (const auto& event : events_)
    if (instant_of(event) <= at_time(recorded_until_)) recording.events.push_back(event);
  for (const auto& wan : plan_.topology.wans)
    recording.addresses.push_back(wan.router.addresses.front().address);
  for (const auto& flow : plan_.traffic.flows)
    play(flow, recording);
  return recording;
}

Measurements RunBuilder::measurements() const {
  return measure(plan_, recording());
}

}  // namespace wandrill::testing
