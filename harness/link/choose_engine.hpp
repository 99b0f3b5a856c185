// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "link/engine.hpp"
#include "plan/plan.hpp"

namespace wandrill {

struct ChosenEngine {
  Engine engine = Engine::kWire;
  std::string reason;  ///< For people: "this kernel has no netem qdisc".
};

/// Whether this kernel has the netem qdisc, found out by installing one in a namespace made for it.
[[nodiscard]] bool kernel_has_netem();

/// kAuto: netem where the kernel has it, else wire. Throws MachineError when netem is asked for and
/// the kernel has none.
ChosenEngine choose_engine(EngineChoice choice);

}  // namespace wandrill
