// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "lab/lab_program.hpp"
#include "lab/network.hpp"
#include "net/child.hpp"
#include "plan/topology/router_plan.hpp"

namespace wandrill {

/// What the kernel says of one of the router's programs.
struct ProgramState {
  pid_t pid = -1;       ///< Of the last one started.
  bool runs = false;    ///< It has not ended.
  bool halted = false;  ///< By SIGSTOP: proc(5), state T.
  bool ready = false;   ///< It has written its ready line.
};

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
  /// of its output when one dies before or does not become ready in time. `notify`: see LabProgram.
  boost::asio::awaitable<void> wait_until_ready(Notify notify);
  /// Reads a program's output for ever; one task for each, see process_count(). Throws MachineError
  /// with its last lines when it ends by itself, for a router must not die during a run. One that a
  /// fault has killed may be dead; one that a fault has told to end is started again.
  boost::asio::awaitable<void> follow(std::size_t process);
  [[nodiscard]] std::size_t process_count() const noexcept { return running_.size(); }

  /// Runs one of the profile's commands to its end; its exit status. Nothing when it had not ended
  /// by its deadline: it was killed, with what it had started in its process group.
  boost::asio::awaitable<std::optional<int>> run_command(const NamedCommand& command,
                                                         Nanos deadline);

  // What faults do to a program, by its name in the plan. Only to the process itself, as a crash
  // would: what it has started lives on.
  /// SIGKILL; it stays dead until start_again().
  void kill(std::string_view process);
  /// A new one in the place of one that a fault has killed.
  void start_again(std::string_view process);
  /// SIGSTOP and SIGCONT.
  void halt(std::string_view process);
  void resume(std::string_view process);
  /// SIGTERM; a new one follows as soon as it has ended. SIGKILL if it has not after 3 s.
  void restart(std::string_view process);
  /// Goes on with restarts under way. To be called from time to time.
  void poll_restarts();
  [[nodiscard]] ProgramState state_of(std::string_view process);

  /// Starts any command in the router's namespace; `title` stands for it in errors and in the log.
  /// It lives as long as the router; its output is to be taken by the caller.
  LabProgram& launch(const std::string& title, const std::vector<std::string>& command);

  /// The programs' own processes, for the reaper of orphans.
  [[nodiscard]] bool owns(pid_t pid) const;

 private:
  /// What may become of a program.
  enum class RestartPolicy : std::uint8_t { kMustRun, kStaysDead, kRestarts };
  struct Running {
    const ProcessPlan* plan;
    LabProgram program;
    RestartPolicy restart_policy = RestartPolicy::kMustRun;
    std::optional<Patience> until_killed{};  ///< Of RestartPolicy::kRestarts.
  };

  [[nodiscard]] Running& named(std::string_view process);
  [[nodiscard]] Child start_program(const ProcessPlan& plan) const;
  void begin_again(Running& running);

  LiveNode& node_;
  const RouterPlan& plan_;
  OnLine on_line_;
  std::list<Running> running_;
  std::list<LabProgram> commands_;
};

}  // namespace wandrill
