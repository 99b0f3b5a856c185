// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <functional>
#include <list>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "lab/network.hpp"
#include "net/child.hpp"
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
  /// before, or takes longer than 10 s.
  boost::asio::awaitable<void> wait_until_ready();
  /// Reads a server's output until it ends, and then throws MachineError: a lab whose server died
  /// shows nothing. One task for each, see count().
  boost::asio::awaitable<void> follow(std::size_t service);
  [[nodiscard]] std::size_t count() const noexcept { return running_.size(); }

  /// The servers' own processes, for the reaper of orphans.
  [[nodiscard]] bool owns(pid_t pid) const;

 private:
  struct Running {
    std::string name;
    std::string program;
    std::string ready_pattern;
    Child child;
    bool ready = false;
    std::string partial;           ///< A line that has not ended yet.
    std::deque<std::string> tail;  ///< Its last lines.
  };

  void start(const ServicePlan& service);
  void take_output(Running& running);
  [[noreturn]] static void fail(const Running& running, const std::string& what);

  Network& network_;
  const TopologyPlan& topology_;
  OnLine on_line_;
  std::list<Running> running_;
};

}  // namespace wandrill
