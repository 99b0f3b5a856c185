// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <functional>
#include <list>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "lab/network.hpp"
#include "net/child.hpp"
#include "plan/router_plan.hpp"

namespace wandrill {

/// The router's programs, their output and their commands, in the router's namespace.
class Router {
 public:
  /// Told of every line that a program writes.
  using OnLine = std::function<void(const std::string& process, const std::string& line)>;

  Router(LiveNode& node, const RouterPlan& plan, OnLine on_line);

  /// Sets kernel parameters, rules and files, and starts the programs one after another.
  /// Throws std::system_error or MachineError.
  void start();
  /// Waits until every program has written its ready line. Throws MachineError with the last lines
  /// of its output when one dies before or does not become ready in time.
  boost::asio::awaitable<void> wait_until_ready();
  /// Reads a program's output until it ends; one task for each, see process_count(). Throws
  /// MachineError with its last lines when it ends, for a router must not die during a run.
  boost::asio::awaitable<void> follow(std::size_t process);
  [[nodiscard]] std::size_t process_count() const noexcept { return running_.size(); }

  /// Runs one of the profile's commands to its end; its exit status.
  boost::asio::awaitable<int> run_command(const NamedCommand& command);

  /// The programs' own processes, for the reaper of orphans.
  [[nodiscard]] bool owns(pid_t pid) const;

 private:
  struct Running {
    const ProcessPlan* plan;
    Child child;
    bool ready = false;
    std::string partial;           ///< A line that has not ended yet.
    std::deque<std::string> tail;  ///< Its last lines.
  };

  void take_output(Running& running);
  void take_line(Running& running, const std::string& line);
  [[noreturn]] void fail(const Running& running, const std::string& what) const;

  LiveNode& node_;
  const RouterPlan& plan_;
  OnLine on_line_;
  std::list<Running> running_;
  std::list<Child> commands_;
};

}  // namespace wandrill
