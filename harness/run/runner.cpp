// SPDX-License-Identifier: Apache-2.0
#include "run/runner.hpp"

#include <algorithm>

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/pressure.hpp"
#include "lab/cell_protocol.hpp"
#include "lab/program_limits.hpp"
#include "lab/reaper.hpp"
#include "lab/waits.hpp"
#include "plan/faults/fault_text.hpp"
#include "plan/timeline/action_text.hpp"
#include "plan/timeline/timeline_labels.hpp"
#include "run/attach_monitors.hpp"
#include "run/tail.hpp"
#include "run/timeline.hpp"
#include "traffic/tap/capture_file.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

constexpr Nanos kLeadTime = std::chrono::milliseconds{20};
constexpr Nanos kHousekeepingEvery = std::chrono::milliseconds{250};
/// A fault that is told comes at most so much later.
constexpr Nanos kSteerLookEvery = std::chrono::milliseconds{2};
constexpr Nanos kAbortLookEvery = std::chrono::milliseconds{10};
/// As a shell has it of what SIGKILL ended.
constexpr int kKilledStatus = 128 + 9;
/// So that the recording shows whether the restores helped.
constexpr Nanos kSettleAfterStop = std::chrono::seconds{1};

FindNetNs finder(LiveLab& lab) {
  return [&lab](const std::string& node) -> const NetNs& { return lab.network().node(node).ns; };
}

Nanos longest_wait_for_late_packets(const TrafficPlan& traffic) {
  Nanos longest{0};
  for (const auto& session : traffic.sessions)
    longest = std::max(longest, session.late_after);
  return longest;
}

}  // namespace

Runner::Runner(asio::io_context& io, const RunContext& context, const ChosenEngine& engine,
               const std::filesystem::path& folder)
    : context_{context},
      notify_{[this](const std::string& text) { context_.tell(text); }},
      lab_{context.plan, engine, context.standing},
      ports_{lab_.network(), context.plan.topology},
      traffic_{io, context.plan.traffic, finder(lab_), context.recorder, context.origin},
      observer_{context, traffic_},
      programs_{lab_.network(), context.plan, folder},
      log_{context, std::ofstream{folder / "router.log"},
           [this](const LogEvent& line) { observer_.heard(line); }},
      router_{lab_.network().node(context.plan.topology.router().name), context.plan.router,
              [this](const std::string& process, const std::string& line) {
                log_.take(process, line);
              }},
      monitor_{lab_.network().node(context.plan.topology.router().name).ns},
      progress_{context, traffic_, observer_, [this](const std::string& wan) {
                  return faults_ ? faults_->in_force(wan) : std::string{};
                }} {}

asio::awaitable<void> Runner::play() {
  co_await with_task_group([this](TaskGroup& tasks) -> asio::awaitable<void> {
    faults_ = std::make_unique<FaultPlayer>(context_, lab_, tasks);
    lab_faults_ = std::make_unique<LabFaultPlayer>(
        context_, LabFaultStage{context_.plan, lab_, router_}, tasks);
    tasks.spawn(progress_.keep_telling());
    tasks.spawn(listen_to_parent());
    tasks.spawn(poll_tester());
    tasks.spawn(record_network_changes(context_, monitor_, context_.plan.topology.router().name));
    tasks.spawn(observer_.post_moves());
    tasks.spawn(go_through_stages(tasks));
    co_return;
  });
}

asio::awaitable<void> Runner::go_through_stages(TaskGroup& tasks) {
  co_await bring_up(tasks);
  const auto& timeline = context_.plan.timeline;
  co_await pass_gate("steady_before", timeline.steady_for, RunInstant{});
  observer_.note_home();
  progress_.enter_stage("timeline");
  traffic_.start_timeline(Clock::now());
  if (!timeline.aborts.empty()) tasks.spawn(watch_aborts());
  if (context_.plan.steered)
    co_await play_what_is_told();
  else
    co_await play_faults();
  if (is_mended()) co_await see_the_tail();
  co_await drain();
  require_all_ports();
  end();
  tasks.cancel();
}

/// Until no packet is too late any more: what has not come by then is lost.
asio::awaitable<void> Runner::drain() {
  progress_.enter_stage("drain");
  traffic_.stop();
  co_await sleep_until(context_,
                       context_.now() + longest_wait_for_late_packets(context_.plan.traffic));
  co_await programs_.end_sessions(notify_);
}

asio::awaitable<void> Runner::bring_up(TaskGroup& tasks) {
  progress_.enter_stage("bring_up");
  attach_monitors(context_, lab_, traffic_);
  tell_entrances();
  co_await programs_.start_servers(tasks, notify_);
  router_.start();
  co_await router_.wait_until_ready(notify_);
  for (std::size_t i = 0; i < router_.process_count(); ++i)
    tasks.spawn(follow_router(i));
  co_await programs_.bring_up_tunnels(tasks, notify_);
  context_.tell("the lab is up, the router is ready");
  traffic_.start(Clock::now() + kLeadTime);
  co_await programs_.start_sessions(tasks);
}

void Runner::tell_entrances() {
  Json nodes = Json::object();
  for (const auto& [name, node] : lab_.network().nodes())
    nodes[name] = node.ns.fd();
  const auto& sandbox = lab_.network().sandbox().namespaces();
  context_.channel.send({{"type", "ready"},
                         {"nodes", nodes},
                         {"sandbox",
                          {{"mnt", sandbox.mount.get()},
                           {"uts", sandbox.uts.get()},
                           {"ipc", sandbox.ipc.get()},
                           {"user", sandbox.user.get()}}}});
}

asio::awaitable<void> Runner::see_the_tail() {
  const auto& timeline = context_.plan.timeline;
  const Tail tail{*last_restore_, timeline.failback_within};
  const auto look = [this] {
    return Tail::Look{.now = context_.now(),
                      .is_home = observer_.is_home(),
                      .last_failback = context_.board.last("failback")};
  };
  progress_.enter_stage("steady_after");
  progress_.announce_wait("traffic is back on its WANs", tail.due());
  co_await wait_until(
      context_, [&] { return !tail.must_wait(look()); }, tail.due());
  const auto end = look();
  std::string note;
  if (timeline.failback_within > Nanos{0} && !tail.has_come_back(end)) {
    note = fmt::format("; within {} of the last restore traffic had not come back to where it was",
                       to_string(timeline.failback_within));
  }
  co_await pass_gate("steady_after", std::max(timeline.steady_for, context_.plan.sustained_for),
                     tail.counts_from(end), note);
}

asio::awaitable<void> Runner::pass_gate(const std::string& stage, Nanos lasting, RunInstant since,
                                        const std::string& note) {
  progress_.enter_stage(stage);
  const Nanos within = context_.plan.timeline.steady_within + lasting;
  Patience patience{within, look_now()};
  progress_.announce_wait("traffic is steady", context_.now() + within);
  std::string culprit;
  const bool met = co_await wait_until(
      context_,
      [&] { return observer_.is_steady(lasting, culprit) && context_.now() >= since + lasting; },
      patience);
  auto detail = met ? "no loss for " + to_string(lasting)
                    : fmt::format("{} was not without loss for {} within {}", culprit,
                                  to_string(lasting), patience.text());
  if (met && patience.is_stretched()) detail += ", " + patience.note();
  detail += note;
  // Whether the router or this machine took the time that came on top, nobody knows.
  const bool tester_late = met && stage == "steady_after" && patience.is_stretched();
  context_.recorder.add(GateEvent{.at = context_.now(),
                                  .name = stage,
                                  .met = met && !tester_late,
                                  .detail = detail,
                                  .tester_late = tester_late});
  context_.tell(fmt::format(
      "{}: {}", stage == "steady_before" ? "before the first fault" : "after the last restore",
      detail));
  if (!met && stage == "steady_before")
    throw MachineError{"the lab is not steady before the first fault: " + detail};
}

asio::awaitable<void> Runner::play_faults() {
  const TimelineStage stage{
      .apply = [this](const FaultAction& fault, RunInstant due) { apply(fault, due); },
      .restore = [this](const RestoreAction& action, RunInstant due) { restore(action, due); },
      .command = [this](const CommandAction& action) { return run_command(action); },
      .holds = [this](const Condition& condition,
                      RunInstant since) { return observer_.holds(condition, since); },
      .happened =
          [this](const AfterEvent& after, RunInstant since) {
            const bool is_event = std::ranges::find(kEventWords, after.event) != kEventWords.end();
            return is_event ? context_.board.first(after.event, since)
                            : context_.board.last(after.event);
          },
      .announce = [this](const std::string& what,
                         RunInstant due) { progress_.announce(what, due); },
      .announce_wait = [this](const std::string& what,
                              RunInstant deadline) { progress_.announce_wait(what, deadline); }};
  co_await play_timeline(context_, stage, context_.now());
}

asio::awaitable<void> Runner::play_what_is_told() {
  const RunInstant start = context_.now();
  context_.channel.send({{"type", "steerable"}});
  // Those that were carried out stay: faults in force are looked up in them.
  for (std::size_t done = 0; done < told_.size() || !nothing_to_come_;) {
    if (done == told_.size()) {
      co_await sleep_until(context_, context_.now() + kSteerLookEvery);
      continue;
    }
    const auto& step = *std::next(told_.begin(), static_cast<std::ptrdiff_t>(done++));
    const RunInstant now = context_.now();
    co_await carry_out(step);
    context_.channel.send({{"type", "stepped"}, {"at", (now - start).count()}});
  }
}

asio::awaitable<void> Runner::carry_out(const StepPlan& step) {
  if (const auto* fault = std::get_if<FaultAction>(&step.action)) apply(*fault, context_.now());
  if (const auto* action = std::get_if<RestoreAction>(&step.action))
    restore(*action, context_.now());
  if (const auto* command = std::get_if<CommandAction>(&step.action))
    co_await run_command(*command);
}

void Runner::apply(const FaultAction& fault, RunInstant due) {
  if (is_stopping_) return;
  const auto what = fault_text(fault) + " on " + fault_place(fault);
  ever_broken_ = true;
  context_.note("apply", fault.id, what);
  if (target_of(fault.kind) == FaultTarget::kLink)
    faults_->apply(fault, due);
  else
    lab_faults_->apply(fault, due);
  context_.note("applied", fault.id, what);
  if (!is_momentary(fault)) {
    in_force_.push_back(&fault);
    return;
  }
  context_.note("restored", fault.id, "by itself");
  last_restore_ = context_.now();
}

void Runner::restore(const RestoreAction& action, RunInstant due) {
  for (const auto& id : action.faults)
    context_.note("restore", id, action.label);
  faults_->restore(action, due);
  lab_faults_->restore(action, due);
  for (const auto& id : action.faults) {
    context_.note("restored", id, action.label);
    if (std::erase_if(in_force_, [&](const auto* fault) { return fault->id == id; }) > 0)
      last_restore_ = context_.now();
  }
}

asio::awaitable<void> Runner::watch_aborts() {
  const auto& aborts = context_.plan.timeline.aborts;
  const RunInstant begin = context_.now();
  std::vector<RunInstant> since(aborts.size(), begin);
  for (;;) {
    for (std::size_t i = 0; i < aborts.size(); ++i) {
      const auto& [condition, lasting] = aborts[i];
      const RunInstant now = context_.now();
      const bool is_silence = condition.kind == Condition::Kind::kSilent;
      if (!is_silence && !observer_.holds(condition, begin)) since[i] = now + kAbortLookEvery;
      const Nanos held = is_silence ? observer_.silence_of(condition.session) : now - since[i];
      if (held >= lasting) co_await stop(kAbortGate, abort_text(aborts[i]));
    }
    co_await sleep_until(context_, context_.now() + kAbortLookEvery);
  }
}

asio::awaitable<void> Runner::follow_router(std::size_t process) {
  std::string death;
  try {
    co_await router_.follow(process);
  } catch (const MachineError& error) {
    // Before anything was broken it says nothing about how the router bears it.
    if (!ever_broken_) throw;
    death = error.what();
  }
  // Without its last lines: they are in the router's log.
  co_await stop(kRouterDiedGate, death.substr(0, death.find("; ")));
}

asio::awaitable<void> Runner::stop(const char* gate, std::string why) {
  is_stopping_ = true;
  context_.tell(fmt::format("STOPPED: {}; restoring everything", why));
  context_.recorder.add(
      GateEvent{.at = context_.now(), .name = gate, .met = false, .detail = std::move(why)});
  RestoreAction all{.id = "abort", .label = "abort", .faults = {}};
  for (const auto* fault : in_force_)
    all.faults.push_back(fault->id);
  restore(all, context_.now());
  co_await sleep_until(context_, context_.now() + kSettleAfterStop);
  co_await drain();
  end();
  throw Aborted{};
}

void Runner::end() {
  traffic_.flush();
  progress_.enter_stage("end");
  context_.note("end");
}

bool Runner::is_mended() const {
  return last_restore_ && in_force_.empty();
}

asio::awaitable<void> Runner::run_command(const CommandAction& action) {
  const auto& commands = context_.plan.router.commands;
  const auto named = std::ranges::find(commands, action.command, &NamedCommand::name);
  const RunInstant at = context_.now();
  progress_.announce_wait("command " + action.command, at + action.deadline);
  const auto status = co_await router_.run_command(*named, action.deadline);
  context_.recorder.add(CommandEvent{.at = at,
                                     .id = action.id,
                                     .label = action.label,
                                     .command = action.command,
                                     .exit_status = status.value_or(kKilledStatus)});
  const auto how = status ? fmt::format("ended with exit status {}", *status)
                          : "had not ended after " + to_string(action.deadline) + " and was killed";
  const auto detail = fmt::format("the router's command '{}' {}", action.command, how);
  context_.recorder.add(GateEvent{.at = context_.now(),
                                  .name = kCommandGate + action.command,
                                  .met = status == 0,
                                  .detail = detail});
  context_.tell(detail);
}

asio::awaitable<void> Runner::listen_to_parent() {
  auto line = descriptor_for(co_await asio::this_coro::executor, context_.channel.fd());
  for (;;) {
    co_await line.async_wait(asio::posix::descriptor_base::wait_read, asio::use_awaitable);
    const auto [message, closed] = context_.channel.receive();
    if (closed || is_interrupt(message)) throw Interrupted{};
    if (is_order(message, "step")) told_.push_back(message.at("step").get<StepPlan>());
    if (is_order(message, "finish")) nothing_to_come_ = true;
  }
}

void Runner::require_all_ports() {
  if (const auto loss = ports_.loss(); !loss.empty()) throw MachineError{loss};
}

void Runner::record_relay_stalls() {
  if (lab_.relay() == nullptr) return;
  for (const auto& [from, until] : lab_.relay()->take_stalls())
    context_.recorder.add(TesterEvent{
        .at = context_.origin.at(from), .kind = "relay_stall", .until = context_.origin.at(until)});
}

asio::awaitable<void> Runner::poll_tester() {
  const auto limits = ProgramLimits::of_this_machine();
  for (RunInstant due = context_.now();; due += kHousekeepingEvery) {
    co_await sleep_until(context_, due);
    record_relay_stalls();
    if (const auto excess = excess_text(look_at_programs(limits), limits); !excess.empty())
      throw MachineError{excess};
    require_all_ports();
    reap_orphans([this](pid_t pid) { return router_.owns(pid) || programs_.owns(pid); });
    context_.recorder.flush();
    if (context_.capture != nullptr) context_.capture->flush();
  }
}

}  // namespace wandrill
