// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <stdexcept>
#include <string>

#include "base/json.hpp"
#include "net/child.hpp"

namespace wandrill {

/// What Mininet or a topology's own code had to object to.
struct MininetError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The Python that has Mininet: WANDRILL_PYTHON, else Debian's own, /usr/bin/python3.
std::string mininet_python();

/// Mininet, and the network that it has built, as a program of its own: a topology's code is a
/// stranger's, and whatever it does befalls that program only. Its network stands as long as this
/// object. lab_server.py is the program.
class MininetProcess {
 public:
  /// Starts it in `root`, which Mininet takes for the machine's own network, and which switches
  /// live in. `request`: see lab_server.py. Throws MachineError where Python does not start.
  MininetProcess(const NetNs& root, const Confinement& confinement, const Json& request);

  /// Waits until the network stands; what lab_server.py tells of it. `look` is called ten times a
  /// second, to throw when enough is enough. Throws MininetError for what is wrong with the
  /// topology, MachineError for what this machine lacks or has no time for.
  Json wait_until_built(const std::function<void()>& look);

  /// For the reaper of orphans.
  [[nodiscard]] pid_t pid() const noexcept { return child_.pid(); }

 private:
  struct Line;
  MininetProcess(const NetNs& root, const Confinement& confinement, const Json& request, Line line);
  [[nodiscard]] std::string read_answer(const std::function<void()>& look);

  UniqueFd line_;
  Child child_;
};

}  // namespace wandrill
