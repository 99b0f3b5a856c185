// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <fstream>

#include <boost/asio/awaitable.hpp>

#include "base/patience.hpp"
#include "base/task_group.hpp"
#include "plan/plan.hpp"
#include "program/session_programs.hpp"
#include "service/services.hpp"
#include "tunnel/tunnels.hpp"

namespace wandrill {

/// The programs of a run beside the router's: servers of the topology, ends of tunnels, and those
/// of sessions. What they write goes to services.log in the run's folder.
class LabPrograms {
 public:
  /// Throws MachineError, naming the package to install, when one is not on this machine.
  static void require(const Plan& plan);

  /// `network` and `plan` must outlive it.
  LabPrograms(Network& network, const Plan& plan, const std::filesystem::path& folder);

  /// Each of these returns once what it starts is ready, and watches over it in `tasks`: one that
  /// dies makes the run an error. The servers come before the router, the tunnels after it.
  /// `notify` is told of what came only because patience was stretched.
  boost::asio::awaitable<void> start_servers(TaskGroup& tasks, Notify notify);
  boost::asio::awaitable<void> bring_up_tunnels(TaskGroup& tasks, Notify notify);
  /// The sessions' programs at the servers; then, once these listen, those at the clients.
  boost::asio::awaitable<void> start_sessions(TaskGroup& tasks);
  /// The sessions' programs end, and say what they have to.
  boost::asio::awaitable<void> end_sessions(Notify notify);

  /// For the reaper of orphans.
  [[nodiscard]] bool owns(pid_t pid) const;

 private:
  void write(const std::string& program, const std::string& line);

  std::ofstream log_;
  Services services_;
  Tunnels tunnels_;
  SessionPrograms sessions_;
};

}  // namespace wandrill
