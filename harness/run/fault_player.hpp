// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/task_group.hpp"
#include "fault/wan_state.hpp"
#include "lab/live_lab.hpp"
#include "run/context.hpp"

namespace wandrill {

/// Breaks and mends the lab's WAN links, and records every change in its three instants: requested,
/// applied (acknowledged and read back), observed (proven on the wire).
class FaultPlayer {
 public:
  /// `tasks`: proofs and flaps run in it, and end with it.
  FaultPlayer(const RunContext& context, LiveLab& lab, TaskGroup& tasks);

  /// Acts before it returns; the proof follows. `due`: when the timeline wanted it.
  /// Throws MachineError when the engine did not take what it was told.
  void apply(const FaultAction& fault, RunInstant due);
  void restore(const RestoreAction& action, RunInstant due);

  /// What is in force on a WAN, for people: "carrier", or "".
  [[nodiscard]] std::string in_force(std::string_view wan) const;

 private:
  struct Line {
    LiveWan* wan = nullptr;
    LinkState state;
    std::vector<FaultInForce> faults;
    int change = 0;  ///< Counts changes: a proof ends when its change is no longer the last.
  };

  // A change is its event, without instant and time.
  Line& line(std::string_view wan) { return lines_.find(wan)->second; }
  void drive(Line& line);
  /// Puts a change in force and starts its proof.
  void carry_out(Line& line, const FaultEvent& change);
  boost::asio::awaitable<void> prove(Line& line, FaultEvent change, LinkState before,
                                     RunInstant applied);
  /// Requests, applies and records a change; when it was applied.
  RunInstant put_in_force(Line& line, const FaultEvent& change);
  /// Lets a fault's value grow, and proves it once it is whole.
  boost::asio::awaitable<void> ramp(Line& line, const FaultAction& fault, FaultEvent change);
  boost::asio::awaitable<void> flap(Line& line, const FaultAction& fault, RunInstant start);
  void set_flap(Line& line, const FaultAction& fault, bool down);

  const RunContext& context_;
  TaskGroup& tasks_;
  std::map<std::string, Line, std::less<>> lines_;
};

}  // namespace wandrill
