// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <list>
#include <memory>
#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "base/task_group.hpp"
#include "lab/live_lab.hpp"
#include "lab/port_watch.hpp"
#include "lab/router.hpp"
#include "run/context.hpp"
#include "run/fault_player.hpp"
#include "run/lab_fault_player.hpp"
#include "run/lab_programs.hpp"
#include "run/observer.hpp"
#include "run/progress.hpp"
#include "run/router_monitors.hpp"
#include "traffic/traffic.hpp"

namespace wandrill {

/// Thrown in a run when the parent asks it to end.
struct Interrupted {};

/// Thrown when one of the scenario's abort conditions came true, or the faults were too much for
/// the router.
struct Aborted {};

/// The parts of a run that stand once the lab is up, and the order in which it goes.
class Runner {
 public:
  /// Builds the lab. Throws when the machine cannot.
  Runner(boost::asio::io_context& io, const RunContext& context, const ChosenEngine& engine,
         const std::filesystem::path& folder);

  /// From bring-up to the end, with everything that goes on beside it. Throws Interrupted, or what
  /// the machine or the router's programs failed by.
  boost::asio::awaitable<void> play();

 private:
  boost::asio::awaitable<void> go_through_stages(TaskGroup& tasks);
  boost::asio::awaitable<void> bring_up(TaskGroup& tasks);
  /// Waits for traffic without loss that has lasted `lasting` since `since`; what it records ends
  /// in `note`.
  boost::asio::awaitable<void> pass_gate(const std::string& stage, Nanos lasting, RunInstant since,
                                         const std::string& note = "");
  boost::asio::awaitable<void> see_the_tail();
  boost::asio::awaitable<void> play_faults();
  /// The steps that the parent tells, one after another, until it says that none comes any more.
  boost::asio::awaitable<void> play_what_is_told();
  boost::asio::awaitable<void> carry_out(const StepPlan& step);
  void apply(const FaultAction& fault, RunInstant due);
  void restore(const RestoreAction& action, RunInstant due);
  /// Something was restored, and nothing is broken any more.
  [[nodiscard]] bool is_mended() const;
  boost::asio::awaitable<void> watch_aborts();
  /// Restores everything, records why, and throws Aborted.
  boost::asio::awaitable<void> stop(const char* gate, std::string why);
  boost::asio::awaitable<void> follow_router(std::size_t process);
  boost::asio::awaitable<void> drain();
  void end();
  /// Throws MachineError when a link of the lab has gone.
  void require_all_ports();
  boost::asio::awaitable<void> run_command(const CommandAction& action);
  boost::asio::awaitable<void> listen_to_parent();
  boost::asio::awaitable<void> poll_tester();
  void tell_entrances();
  void record_relay_stalls();

  const RunContext& context_;
  Notify notify_;  ///< A line of the live view.
  LiveLab lab_;
  PortWatch ports_;
  Traffic traffic_;
  Observer observer_;
  LabPrograms programs_;
  LogReader log_;
  Router router_;
  NetworkMonitor monitor_;
  std::unique_ptr<FaultPlayer> faults_;
  std::unique_ptr<LabFaultPlayer> lab_faults_;
  Progress progress_;
  std::vector<const FaultAction*> in_force_;  ///< In the order in which they were applied.
  std::list<StepPlan> told_;                  ///< By the parent; faults in force are in here.
  bool nothing_to_come_ = false;              ///< The parent tells no more steps.
  bool is_stopping_ = false;                  ///< No fault comes any more.
  bool ever_broken_ = false;
  std::optional<RunInstant> last_restore_;  ///< Of a fault that was in force, or over by itself.
};

}  // namespace wandrill
