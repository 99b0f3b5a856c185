// SPDX-License-Identifier: Apache-2.0
#include "service/services.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/pressure.hpp"
#include "lab/programs.hpp"

namespace wandrill {

namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

constexpr Nanos kReadyWithin = std::chrono::seconds{10};

fs::path program_for(const ServicePlan& service, const ServiceLaunch& launch) {
  if (auto found = find_program(launch.program); !found.empty()) return found;
  throw MachineError{fmt::format(
      "service '{}' of the topology ({} on {}) needs the program {}, which is not on "
      "this machine; as root, run: apt-get install {}",
      service.name, to_string(service.kind), service.on, launch.program, launch.package)};
}

}  // namespace

void require_service_programs(const TopologyPlan& topology) {
  for (const auto& service : topology.services)
    if (service.kind != ServiceKind::kMonitor) program_for(service, launch_of(service, topology));
}

Services::Services(Network& network, const TopologyPlan& topology, OnLine on_line)
    : network_{network}, topology_{topology}, on_line_{std::move(on_line)} {}

void Services::start() {
  for (const auto& service : topology_.services)
    if (service.kind != ServiceKind::kMonitor) start(service);
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
  const auto& node = network_.node(launch.node);
  std::vector<std::string> command{program.native()};
  command.insert(command.end(), launch.arguments.begin(), launch.arguments.end());
  running_.emplace_back(
      fmt::format("{} of service '{}'", launch.program, service.name), launch.ready,
      Child{node.ns,
            {.command = command,
             .folder = folder.native(),
             .environment = launch.environment,
             .confinement = node.confinement,
             .priority = Priority::kTester}},
      [this, &service](const std::string& line) { on_line_(service.name, line); });
}

asio::awaitable<void> Services::wait_until_ready(Notify notify) {
  Patience patience{kReadyWithin, look_now()};
  for (auto& program : running_)
    co_await program.wait_until_ready(patience, notify);
}

asio::awaitable<void> Services::follow(std::size_t service) {
  auto& program = *std::next(running_.begin(), static_cast<std::ptrdiff_t>(service));
  co_await program.read_until_end();
  program.fail(end_text(*program.child().poll_status()) + " during the run");
}

bool Services::owns(pid_t pid) const {
  return std::ranges::any_of(
      running_, [pid](const LabProgram& program) { return program.child().pid() == pid; });
}

}  // namespace wandrill
