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

/// Whether this kernel can let netem act on some packets only, found out likewise.
[[nodiscard]] bool kernel_has_stages();

/// kAuto: netem where the kernel has it, and what `filters` take if there are any; else wire.
/// Throws MachineError when netem is asked for and the kernel lacks one of these.
ChosenEngine choose_engine(EngineChoice choice, bool filters = false);

}  // namespace wandrill
