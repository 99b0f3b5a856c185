// SPDX-License-Identifier: Apache-2.0
#include "service/services.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <regex>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "lab/programs.hpp"

namespace wandrill {

namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

constexpr auto kReadyWithin = std::chrono::seconds{10};
constexpr auto kLookEvery = std::chrono::milliseconds{5};
constexpr std::size_t kTailLines = 8;

std::string end_text(int status) {
  if (WIFSIGNALED(status)) return fmt::format("was killed by signal {}", WTERMSIG(status));
  return fmt::format("ended with exit status {}", WEXITSTATUS(status));
}

fs::path program_for(const ServicePlan& service, const ServiceLaunch& launch) {
  if (auto found = find_program(launch.program); !found.empty()) return found;
  throw MachineError{fmt::format(
      "service '{}' of the topology ({} on {}) needs the program {}, which is not on "
      "this machine; as root, run: apt-get install {}",
      service.name, to_string(service.kind), service.on, launch.program, launch.package)};
}

asio::awaitable<void> pause_for(std::chrono::milliseconds time) {
  asio::steady_timer timer{co_await asio::this_coro::executor, time};
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

void require_service_programs(const TopologyPlan& topology) {
  for (const auto& service : topology.services)
    program_for(service, launch_of(service, topology));
}

Services::Services(Network& network, const TopologyPlan& topology, OnLine on_line)
    : network_{network}, topology_{topology}, on_line_{std::move(on_line)} {}

void Services::start() {
  for (const auto& service : topology_.services)
    start(service);
}

void Services::start(const ServicePlan& service) {
  const auto launch = launch_of(service, topology_);
  auto program = program_for(service, launch);
  const auto folder = service_folder(service.name);
  fs::create_directories(folder);
  for (const auto& [name, content] : launch.files)
    write_file(folder / name, content);
  if (launch.as_copy) {
    fs::copy_file(program, folder / launch.program, fs::copy_options::overwrite_existing);
    program = folder / launch.program;
  }
  std::vector<std::string> command{program.native()};
  command.insert(command.end(), launch.arguments.begin(), launch.arguments.end());
  running_.push_back(
      {.name = service.name,
       .program = launch.program,
       .ready_pattern = launch.ready,
       .child = Child{
           network_.node(launch.node).ns,
           {.command = command, .folder = folder.native(), .environment = launch.environment}}});
}

void Services::take_output(Running& running) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto size = ::read(running.child.output_fd(), buffer.data(), buffer.size());
    if (size <= 0) return;
    running.partial.append(buffer.data(), static_cast<std::size_t>(size));
    for (auto end = running.partial.find('\n'); end != std::string::npos;
         end = running.partial.find('\n')) {
      const auto line = running.partial.substr(0, end);
      running.partial.erase(0, end + 1);
      running.tail.push_back(line);
      if (running.tail.size() > kTailLines) running.tail.pop_front();
      running.ready = running.ready || std::regex_search(line, std::regex{running.ready_pattern});
      on_line_(running.name, line);
    }
    // The last line of some servers has no end until the next one is written.
    running.ready =
        running.ready || std::regex_search(running.partial, std::regex{running.ready_pattern});
  }
}

void Services::fail(const Running& running, const std::string& what) {
  const auto lines = running.tail.empty()
                         ? std::string{"it wrote nothing"}
                         : fmt::format("its last lines:\n  {}", fmt::join(running.tail, "\n  "));
  throw MachineError{
      fmt::format("{} of service '{}' {}; {}", running.program, running.name, what, lines)};
}

asio::awaitable<void> Services::wait_until_ready() {
  const auto start = Clock::now();
  for (auto& running : running_) {
    for (;;) {
      take_output(running);
      if (running.ready) break;
      if (const auto status = running.child.poll_status())
        fail(running, end_text(*status) + " before it was ready");
      if (Clock::now() - start > kReadyWithin)
        fail(running, "did not become ready within " + to_string(Nanos{kReadyWithin}));
      co_await pause_for(kLookEvery);
    }
  }
}

asio::awaitable<void> Services::follow(std::size_t service) {
  auto& running = *std::next(running_.begin(), static_cast<std::ptrdiff_t>(service));
  asio::posix::stream_descriptor output{
      co_await asio::this_coro::executor,
      check(::dup(running.child.output_fd()), "duplicate a descriptor")};
  while (!running.child.poll_status()) {
    co_await output.async_wait(asio::posix::descriptor_base::wait_read, asio::use_awaitable);
    take_output(running);
    // At the end of file the output stays readable; the status comes a moment later.
    co_await pause_for(kLookEvery);
  }
  take_output(running);
  fail(running, end_text(*running.child.poll_status()) + " during the run");
}

bool Services::owns(pid_t pid) const {
  return std::ranges::any_of(running_,
                             [pid](const Running& running) { return running.child.pid() == pid; });
}

}  // namespace wandrill
