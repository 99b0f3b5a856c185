// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <list>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "lab/lab_program.hpp"
#include "lab/network.hpp"
#include "service/launch.hpp"

namespace wandrill {

/// Throws MachineError, naming the package to install, when a program that the topology's services
/// need is not on this machine.
void require_service_programs(const TopologyPlan& topology);

/// The lab's real servers: their files, programs and output. They die with this.
class Services {
 public:
  /// Told of every line that a server writes.
  using OnLine = std::function<void(const std::string& service, const std::string& line)>;

  Services(Network& network, const TopologyPlan& topology, OnLine on_line);

  /// The topology has any.
  [[nodiscard]] bool wanted() const noexcept { return !topology_.services.empty(); }
  /// Writes their files and starts them. Throws MachineError or std::system_error.
  void start();
  /// Until each has written its ready line. Throws MachineError with its last lines when one ends
  /// before, or takes longer than 10 s. `notify`: see LabProgram.
  boost::asio::awaitable<void> wait_until_ready(Notify notify);
  /// Reads a server's output until it ends, and then throws MachineError: a lab whose server died
  /// shows nothing. One task for each, see count().
  boost::asio::awaitable<void> follow(std::size_t service);
  [[nodiscard]] std::size_t count() const noexcept { return running_.size(); }

  /// The servers' own processes, for the reaper of orphans.
  [[nodiscard]] bool owns(pid_t pid) const;

 private:
  void start(const ServicePlan& service);

  Network& network_;
  const TopologyPlan& topology_;
  OnLine on_line_;
  std::list<LabProgram> running_;
};

}  // namespace wandrill
