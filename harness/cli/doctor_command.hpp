// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cli/vm_command.hpp"

namespace wandrill {

/// `wandrill doctor`, as asked on the command line.
struct DoctorOptions {
  bool json = false;
  bool vm = false;  ///< Of the VM, from within it.
  KernelChoice kernel;
};

/// Prints what this machine, or the VM on it, can do. Returns the exit code: 0 when drills can run
/// there, else 3. Throws MachineError when there is no VM to look into.
int examine_machine(const DoctorOptions& options);

}  // namespace wandrill
