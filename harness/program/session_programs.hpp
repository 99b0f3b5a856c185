// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <list>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "lab/lab_program.hpp"
#include "lab/network.hpp"
#include "plan/kinds/traffic_plan.hpp"

namespace wandrill {

/// Throws MachineError, naming the package to install where it is known, when a program that a
/// session of kind exec runs is not on this machine.
void require_session_programs(const TrafficPlan& traffic);

/// The programs of sessions of kind exec, at both ends. They die with this.
class SessionPrograms {
 public:
  /// Told of every line that a program writes ("call.client").
  using OnLine = std::function<void(const std::string& program, const std::string& line)>;

  /// `network` and `traffic` must outlive it.
  SessionPrograms(Network& network, const TrafficPlan& traffic, OnLine on_line);

  [[nodiscard]] bool wanted() const;
  /// Writes their files and starts those that answer.
  void start_answering();
  /// Starts those at the clients.
  void start_running();
  /// Takes what they write, until this ends. One that ends by itself has said what it had to.
  boost::asio::awaitable<void> follow();
  /// Asks them to end (SIGTERM), and takes what they write on that for at most 2 s: first those at
  /// the clients, whose far ends are there until they have said good-bye, then the others. `notify`
  /// is told when that was stretched.
  boost::asio::awaitable<void> end(Notify notify);

  /// Their own processes, for the reaper of orphans.
  [[nodiscard]] bool owns(pid_t pid) const;

 private:
  void start(const SessionPlan& session, const std::string& end, const std::string& node,
             const std::vector<std::string>& command);
  /// Whether any of these still runs.
  [[nodiscard]] static bool take_output(std::list<LabProgram>& programs);
  static boost::asio::awaitable<void> end(std::list<LabProgram>& programs, const Notify& notify);

  Network& network_;
  const TrafficPlan& traffic_;
  OnLine on_line_;
  std::list<LabProgram> answering_;
  std::list<LabProgram> running_;  ///< Those at the clients.
};

}  // namespace wandrill
