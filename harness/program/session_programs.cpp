// SPDX-License-Identifier: Apache-2.0
#include "program/session_programs.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/pressure.hpp"
#include "lab/programs.hpp"
#include "lab/waits.hpp"

namespace wandrill {

namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {
using namespace std::chrono_literals;

constexpr auto kLookEvery = 20ms;
constexpr Nanos kGrace = 2s;

/// Debian's packages of programs that bear another name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPackages{
    {{"sipp", "sip-tester"}, {"baresip", "baresip-core"}, {"pjsua", "pjproject"}}};

std::string package_of(std::string_view program) {
  for (const auto& [name, package] : kPackages)
    if (name == program) return std::string{package};
  return std::string{program};
}

fs::path find(const SessionPlan& session, const std::string& program) {
  if (program.find('/') != std::string::npos) return program;
  if (auto found = find_program(program); !found.empty()) return found;
  throw MachineError{
      fmt::format("'{}' of traffic (kind exec) runs the program {}, which is not on this machine; "
                  "as root, run: "
                  "apt-get install {}",
                  session.name, program, package_of(program))};
}

}  // namespace

void require_session_programs(const TrafficPlan& traffic) {
  for (const auto& session : traffic.sessions) {
    if (!session.of<ExecPlan>()) continue;
    for (const auto* command : {&session.of<ExecPlan>()->run, &session.of<ExecPlan>()->answer})
      if (!command->empty()) find(session, command->front());
  }
}

SessionPrograms::SessionPrograms(Network& network, const TrafficPlan& traffic, OnLine on_line)
    : network_{network}, traffic_{traffic}, on_line_{std::move(on_line)} {}

bool SessionPrograms::wanted() const {
  return std::ranges::any_of(traffic_.sessions, [](const SessionPlan& session) {
    return session.of<ExecPlan>() != nullptr;
  });
}

void SessionPrograms::start(const SessionPlan& session, const std::string& end,
                            const std::string& node, const std::vector<std::string>& command) {
  auto argv = command;
  argv.front() = find(session, argv.front()).native();
  const auto folder = exec_folder(session.name);
  const auto name = session.name + "." + end;
  auto& programs = end == "server" ? answering_ : running_;
  const auto& live = network_.node(node);
  programs.emplace_back(fmt::format("{} of {}", command.front(), name), "",
                        Child{live.ns,
                              {.command = argv,
                               .folder = folder,
                               .environment = {{"HOME", folder}, {"TERM", "dumb"}},
                               .confinement = live.confinement,
                               .priority = Priority::kTester}},
                        [this, name](const std::string& line) { on_line_(name, line); });
}

void SessionPrograms::start_answering() {
  for (const auto& session : traffic_.sessions) {
    if (!session.of<ExecPlan>()) continue;
    const fs::path folder{exec_folder(session.name)};
    fs::create_directories(folder);
    for (const auto& file : session.of<ExecPlan>()->files)
      write_file(folder / file.name, file.content);
    if (!session.of<ExecPlan>()->answer.empty())
      start(session, "server", session.server.node, session.of<ExecPlan>()->answer);
  }
}

void SessionPrograms::start_running() {
  for (const auto& session : traffic_.sessions)
    if (session.of<ExecPlan>())
      start(session, "client", session.client.node, session.of<ExecPlan>()->run);
}

bool SessionPrograms::take_output(std::list<LabProgram>& programs) {
  bool any_runs = false;
  for (auto& program : programs) {
    program.take_output();
    if (!program.child().poll_status()) any_runs = true;
  }
  return any_runs;
}

asio::awaitable<void> SessionPrograms::follow() {
  for (;;) {
    static_cast<void>(take_output(answering_));
    static_cast<void>(take_output(running_));
    co_await pause_for(kLookEvery);
  }
}

asio::awaitable<void> SessionPrograms::end(std::list<LabProgram>& programs, const Notify& notify) {
  for (auto& program : programs)
    program.child().send_signal(SIGTERM);
  Patience patience{kGrace, look_now()};
  bool any_runs = take_output(programs);
  while (any_runs && !patience.is_over(look_now())) {
    co_await pause_for(kLookEvery);
    any_runs = take_output(programs);
  }
  patience.notify_if_stretched(notify, any_runs ? "not all programs of sessions had ended"
                                                : "the programs of sessions had ended");
}

asio::awaitable<void> SessionPrograms::end(Notify notify) {
  co_await end(running_, notify);
  co_await end(answering_, notify);
}

bool SessionPrograms::owns(pid_t pid) const {
  const auto is_it = [pid](const LabProgram& program) { return program.child().pid() == pid; };
  return std::ranges::any_of(answering_, is_it) || std::ranges::any_of(running_, is_it);
}

}  // namespace wandrill
