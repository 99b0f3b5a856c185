// SPDX-License-Identifier: Apache-2.0
#include "lab/router.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <memory>
#include <regex>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/wait.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "lab/programs.hpp"
#include "net/nft.hpp"
#include "net/sysctl.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

constexpr const char* kFilesFolder = "/run/wandrill/router";
constexpr std::size_t kTailLines = 12;
constexpr std::size_t kLongestLine = 16UL * 1024UL;
constexpr auto kLookEvery = std::chrono::milliseconds{5};

std::vector<std::string> resolved(const std::vector<std::string>& command) {
  auto words = command;
  words.front() = resolve_program(words.front());
  return words;
}

std::string end_text(int status) {
  if (WIFSIGNALED(status)) return fmt::format("was killed by signal {}", WTERMSIG(status));
  return fmt::format("ended with exit status {}", WEXITSTATUS(status));
}

/// A second descriptor of the same pipe for Asio, which closes what it is given.
asio::posix::stream_descriptor descriptor_for(const asio::any_io_executor& executor, int fd) {
  return {executor, check(::dup(fd), "duplicate a descriptor")};
}

asio::awaitable<void> pause_for(std::chrono::milliseconds time) {
  asio::steady_timer timer{co_await asio::this_coro::executor, time};
  co_await timer.async_wait(asio::use_awaitable);
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
    running_.push_back({.plan = &process,
                        .child = start_program(process),
                        .ready = process.ready_pattern.empty()});
}

Child Router::start_program(const ProcessPlan& plan) const {
  return Child{node_.ns,
               {.command = resolved(plan.command),
                .folder = kFilesFolder,
                .environment = {{"PATH", search_path()}}}};
}

void Router::take_line(Running& running, const std::string& line) {
  running.tail.push_back(line);
  if (running.tail.size() > kTailLines) running.tail.pop_front();
  if (!running.ready && std::regex_search(line, std::regex{running.plan->ready_pattern}))
    running.ready = true;
  on_line_(running.plan->name, line);
}

void Router::take_output(Running& running) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto size = ::read(running.child.output_fd(), buffer.data(), buffer.size());
    if (size <= 0) return;
    running.partial.append(buffer.data(), static_cast<std::size_t>(size));
    for (auto end = running.partial.find('\n'); end != std::string::npos;
         end = running.partial.find('\n')) {
      take_line(running, running.partial.substr(0, end));
      running.partial.erase(0, end + 1);
    }
    if (running.partial.size() > kLongestLine) {
      take_line(running, running.partial);
      running.partial.clear();
    }
  }
}

void Router::fail(const Running& running, const std::string& what) {
  const auto lines = running.tail.empty()
                         ? std::string{"it wrote nothing"}
                         : fmt::format("its last lines:\n  {}", fmt::join(running.tail, "\n  "));
  throw MachineError{fmt::format("the router's {} {}; {}", running.plan->name, what, lines)};
}

asio::awaitable<void> Router::wait_until_ready() {
  const auto start = Clock::now();
  for (auto& running : running_) {
    while (!running.ready) {
      take_output(running);
      if (running.ready) break;
      if (const auto status = running.child.poll_status())
        fail(running, end_text(*status) + " before it was ready");
      if (Clock::now() - start > running.plan->ready_within)
        fail(running, "did not become ready within " + to_string(running.plan->ready_within));
      co_await pause_for(kLookEvery);
    }
  }
}

asio::awaitable<void> Router::read_one_life(Running& running) {
  auto output = descriptor_for(co_await asio::this_coro::executor, running.child.output_fd());
  // What the program has started may hold its output open for longer than it lives itself.
  running.stop_listening = [&output] { output.cancel(); };
  const auto deaf = [](Running* one) { one->stop_listening = nullptr; };
  const std::unique_ptr<Running, decltype(deaf)> listening{&running, deaf};
  for (const int life = running.life; running.life == life && !running.child.poll_status();) {
    co_await output.async_wait(asio::posix::descriptor_base::wait_read,
                               asio::as_tuple(asio::use_awaitable));
    const auto before = running.tail.size();
    take_output(running);
    // End of file comes a moment before the status does.
    if (running.tail.size() == before) co_await pause_for(kLookEvery);
  }
}

asio::awaitable<void> Router::follow(std::size_t process) {
  auto& running = *std::next(running_.begin(), static_cast<std::ptrdiff_t>(process));
  for (;;) {
    const int life = running.life;
    co_await read_one_life(running);
    if (running.life != life) continue;
    take_output(running);
    if (running.fate == Fate::kMustRun)
      fail(running, end_text(*running.child.poll_status()) + " during the run");
    look_after_restarts();
    while (running.life == life)
      co_await pause_for(kLookEvery);
  }
}

asio::awaitable<int> Router::run_command(const NamedCommand& command) {
  const auto child =
      commands_.insert(commands_.end(), Child{node_.ns, {.command = resolved(command.command)}});
  while (!child->poll_status())
    co_await pause_for(kLookEvery);
  const int status = *child->poll_status();
  std::array<char, 4096> buffer{};
  const auto size = ::read(child->output_fd(), buffer.data(), buffer.size());
  commands_.erase(child);
  if (size > 0)
    on_line_("command " + command.name, std::string(buffer.data(), static_cast<std::size_t>(size)));
  co_return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool Router::owns(pid_t pid) const {
  const auto is_it = [pid](const Child& child) { return child.pid() == pid; };
  return std::any_of(commands_.begin(), commands_.end(), is_it) ||
         std::any_of(running_.begin(), running_.end(),
                     [&](const Running& running) { return is_it(running.child); });
}

}  // namespace wandrill
