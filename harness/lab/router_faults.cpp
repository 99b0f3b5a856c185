// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <csignal>
#include <fstream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "lab/programs.hpp"
#include "lab/router.hpp"

// What faults do to the router's programs.
namespace wandrill {
namespace {

/// systemd waits for 90 s, procd for 5 s; a drill has less time.
constexpr Nanos kTimeToEnd = std::chrono::seconds{3};

/// The state letter of proc(5); 0 when there is no such process.
char state_letter(pid_t pid) {
  std::ifstream file{fmt::format("/proc/{}/stat", pid)};
  std::string text;
  std::getline(file, text);
  // Behind the program's name in brackets, which may hold anything.
  const auto name_end = text.rfind(')');
  return name_end == std::string::npos || name_end + 2 >= text.size() ? '\0' : text[name_end + 2];
}

}  // namespace

Router::Running& Router::named(std::string_view process) {
  const auto found = std::ranges::find_if(
      running_, [&](const Running& running) { return running.plan->name == process; });
  if (found == running_.end())
    throw MachineError{fmt::format("the router runs no program '{}'", process)};
  return *found;
}

void Router::begin_again(Running& running) {
  if (running.stop_listening) running.stop_listening();
  running.partial.clear();
  running.ready = running.plan->ready_pattern.empty();
  running.child = start_program(*running.plan);
  running.fate = Fate::kMustRun;
  ++running.life;
}

void Router::kill(std::string_view process) {
  auto& running = named(process);
  running.fate = Fate::kStaysDead;
  running.child.send_signal(SIGKILL);
}

void Router::start_again(std::string_view process) {
  begin_again(named(process));
}

void Router::halt(std::string_view process) {
  named(process).child.send_signal(SIGSTOP);
}

void Router::resume(std::string_view process) {
  named(process).child.send_signal(SIGCONT);
}

void Router::restart(std::string_view process) {
  auto& running = named(process);
  running.fate = Fate::kRestarts;
  running.killed_after = Clock::now() + kTimeToEnd;
  running.child.send_signal(SIGTERM);
}

void Router::look_after_restarts() {
  for (auto& running : running_) {
    if (running.fate != Fate::kRestarts) continue;
    if (running.child.poll_status())
      begin_again(running);
    else if (Clock::now() > running.killed_after)
      running.child.send_signal(SIGKILL);
  }
}

ProgramState Router::state_of(std::string_view process) {
  auto& running = named(process);
  const char letter = state_letter(running.child.pid());
  return {.pid = running.child.pid(),
          .runs = !running.child.poll_status() && letter != '\0' && letter != 'Z',
          .halted = letter == 'T',
          .ready = running.ready};
}

Child& Router::launch(const std::vector<std::string>& command) {
  auto words = command;
  words.front() = resolve_program(words.front());
  return commands_.emplace_back(Child{node_.ns, {.command = words}});
}

}  // namespace wandrill
