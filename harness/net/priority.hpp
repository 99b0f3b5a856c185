// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace wandrill {

/// Who goes first where processors are short.
enum class Priority {
  kOrdinary,  ///< As without us: the router's processes.
  kTester     ///< Ahead of all ordinary ones, behind the generators. The program's threads too.
};

// SCHED_FIFO priorities (sched(7)).
inline constexpr int kProgramRealtime = 1;    ///< Of the tester's programs.
inline constexpr int kGeneratorRealtime = 2;  ///< One that spins cannot starve the generators.

/// Gives the caller the priority of the tester's programs, its threads and children too; false
/// where that is not permitted. Safe between fork and exec.
bool take_tester_priority() noexcept;

/// Whether it would be given: a child tries it.
bool tester_priority_is_permitted();

}  // namespace wandrill
