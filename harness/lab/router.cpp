// SPDX-License-Identifier: Apache-2.0
#include "lab/router.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include <sys/wait.h>

#include "base/files.hpp"
#include "base/pressure.hpp"
#include "lab/programs.hpp"
#include "lab/waits.hpp"
#include "net/nft.hpp"
#include "net/sysctl.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

constexpr const char* kFilesFolder = "/run/wandrill/router";
constexpr auto kLookEvery = std::chrono::milliseconds{5};

std::vector<std::string> resolved(const std::vector<std::string>& command) {
  auto words = command;
  words.front() = resolve_program(words.front());
  return words;
}

}  // namespace

Router::Router(LiveNode& node, const RouterPlan& plan, OnLine on_line)
    : node_{node}, plan_{plan}, on_line_{std::move(on_line)} {}

void Router::start() {
  for (const auto& [name, value] : plan_.sysctls)
    write_sysctl(node_.ns, name, value);
  if (!plan_.nft.empty()) run_nft(node_.ns, plan_.nft);
  std::filesystem::create_directories(kFilesFolder);
  for (const auto& file : plan_.files)
    write_file(std::filesystem::path{kFilesFolder} / file.name, file.content);
  for (const auto& process : plan_.processes)
    running_.push_back(
        {.plan = &process,
         .program = {"the router's " + process.name, process.ready_pattern, start_program(process),
                     [this, &process](const std::string& line) { on_line_(process.name, line); }}});
}

Child Router::start_program(const ProcessPlan& plan) const {
  return Child{node_.ns,
               {.command = resolved(plan.command),
                .folder = kFilesFolder,
                .environment = {{"PATH", search_path()}},
                .confinement = node_.confinement}};
}

asio::awaitable<void> Router::wait_until_ready(Notify notify) {
  Patience patience{Nanos{0}, look_now()};
  for (auto& running : running_) {
    patience.allow(running.plan->ready_within);
    co_await running.program.wait_until_ready(patience, notify);
  }
}

asio::awaitable<void> Router::follow(std::size_t process) {
  auto& [plan, program, restart_policy, until_killed] =
      *std::next(running_.begin(), static_cast<std::ptrdiff_t>(process));
  for (;;) {
    const int life = program.life();
    co_await program.read_until_end();
    if (program.life() != life) continue;
    if (restart_policy == RestartPolicy::kMustRun)
      program.fail(end_text(*program.child().poll_status()) + " during the run");
    poll_restarts();
    while (program.life() == life)
      co_await pause_for(kLookEvery);
  }
}

LabProgram& Router::launch(const std::string& title, const std::vector<std::string>& command) {
  return commands_.emplace_back(
      title, "",
      Child{node_.ns,
            {.command = resolved(command), .confinement = node_.confinement, .own_group = true}},
      [this, title](const std::string& line) { on_line_(title, line); });
}

asio::awaitable<std::optional<int>> Router::run_command(const NamedCommand& command,
                                                        Nanos deadline) {
  const auto start = Clock::now();
  auto& program = launch("command " + command.name, command.command);
  std::optional<int> status;
  do {
    co_await pause_for(kLookEvery);
    program.take_output();
    status = program.child().poll_status();
  } while (!status && Clock::now() - start < deadline);
  if (!status) program.child().kill_group();
  program.take_output();
  commands_.remove_if([&](const LabProgram& one) { return &one == &program; });
  if (!status) co_return std::nullopt;
  co_return WIFEXITED(*status) ? WEXITSTATUS(*status) : 128 + WTERMSIG(*status);
}

bool Router::owns(pid_t pid) const {
  const auto is_it = [pid](const LabProgram& program) { return program.child().pid() == pid; };
  return std::any_of(commands_.begin(), commands_.end(), is_it) ||
         std::any_of(running_.begin(), running_.end(),
                     [&](const Running& running) { return is_it(running.program); });
}

}  // namespace wandrill
