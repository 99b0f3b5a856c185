// SPDX-License-Identifier: Apache-2.0
#include "run/lab_programs.hpp"

#include "lab/waits.hpp"

namespace wandrill {

namespace asio = boost::asio;

namespace {

/// What answers must listen before somebody calls.
constexpr auto kAnswererLead = std::chrono::milliseconds{1000};

}  // namespace

void LabPrograms::require(const Plan& plan) {
  require_service_programs(plan.topology);
  require_tunnel_programs(plan.traffic);
  require_session_programs(plan.traffic);
}

LabPrograms::LabPrograms(Network& network, const Plan& plan, const std::filesystem::path& folder)
    : services_{network, plan.topology,
                [this](const std::string& name, const std::string& line) { write(name, line); }},
      tunnels_{network, plan.traffic,
               [this](const std::string& name, const std::string& line) { write(name, line); }},
      sessions_{network, plan.traffic,
                [this](const std::string& name, const std::string& line) { write(name, line); }} {
  if (services_.wanted() || tunnels_.wanted() || sessions_.wanted())
    log_.open(folder / "services.log");
}

void LabPrograms::write(const std::string& program, const std::string& line) {
  log_ << program << ": " << line << std::endl;
}

asio::awaitable<void> LabPrograms::start_servers(TaskGroup& tasks, Notify notify) {
  services_.start();
  co_await services_.wait_until_ready(std::move(notify));
  for (std::size_t i = 0; i < services_.count(); ++i)
    tasks.spawn(services_.follow(i));
}

asio::awaitable<void> LabPrograms::bring_up_tunnels(TaskGroup& tasks, Notify notify) {
  co_await tunnels_.bring_up(std::move(notify));
  for (std::size_t i = 0; i < tunnels_.count(); ++i)
    tasks.spawn(tunnels_.follow(i));
}

asio::awaitable<void> LabPrograms::start_sessions(TaskGroup& tasks) {
  if (!sessions_.wanted()) co_return;
  sessions_.start_answering();
  tasks.spawn(sessions_.follow());
  co_await pause_for(kAnswererLead);
  sessions_.start_running();
}

asio::awaitable<void> LabPrograms::end_sessions(Notify notify) {
  if (sessions_.wanted()) co_await sessions_.end(std::move(notify));
}

bool LabPrograms::owns(pid_t pid) const {
  return services_.owns(pid) || tunnels_.owns(pid) || sessions_.owns(pid);
}

}  // namespace wandrill
