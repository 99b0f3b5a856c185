// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <csignal>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/pressure.hpp"
#include "base/process_state.hpp"
#include "lab/router.hpp"

// What faults do to the router's programs.
namespace wandrill {
namespace {

/// systemd waits for 90 s, procd for 5 s; a drill has less time.
constexpr Nanos kTimeToEnd = std::chrono::seconds{3};

}  // namespace

Router::Running& Router::named(std::string_view process) {
  const auto found = std::ranges::find_if(
      running_, [&](const Running& running) { return running.plan->name == process; });
  if (found == running_.end())
    throw MachineError{fmt::format("the router runs no program '{}'", process)};
  return *found;
}

void Router::begin_again(Running& running) {
  running.program.begin_again(start_program(*running.plan));
  running.restart_policy = RestartPolicy::kMustRun;
}

void Router::kill(std::string_view process) {
  auto& running = named(process);
  running.restart_policy = RestartPolicy::kStaysDead;
  running.program.child().send_signal(SIGKILL);
}

void Router::start_again(std::string_view process) {
  begin_again(named(process));
}

void Router::halt(std::string_view process) {
  named(process).program.child().send_signal(SIGSTOP);
}

void Router::resume(std::string_view process) {
  named(process).program.child().send_signal(SIGCONT);
}

void Router::restart(std::string_view process) {
  auto& running = named(process);
  running.restart_policy = RestartPolicy::kRestarts;
  running.until_killed.emplace(kTimeToEnd, look_now());
  running.program.child().send_signal(SIGTERM);
}

void Router::poll_restarts() {
  for (auto& running : running_) {
    if (running.restart_policy != RestartPolicy::kRestarts) continue;
    if (running.program.child().poll_status())
      begin_again(running);
    else if (running.until_killed->is_over(look_now()))
      running.program.child().send_signal(SIGKILL);
  }
}

ProgramState Router::state_of(std::string_view process) {
  auto& program = named(process).program;
  const pid_t pid = program.child().pid();
  return {.pid = pid,
          .runs = !program.child().poll_status() && is_alive(pid),
          .halted = process_state(pid) == 'T',
          .ready = program.is_ready()};
}

}  // namespace wandrill
