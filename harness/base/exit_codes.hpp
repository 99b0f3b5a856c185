// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace wandrill {

/// What the process tells its caller; the outcomes of runs add 1 (fail), 3 (error), 4
/// (inconclusive) and 130 (interrupted), see verdict.hpp.
enum ExitCode : int { kExitOk = 0, kExitBadInput = 2, kExitMachine = 3 };

}  // namespace wandrill
