// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>

#include "doctor/diagnosis.hpp"

namespace wandrill {

/// Is told each finding as it comes.
using TellFinding = std::function<void(const CheckAnswer&)>;

/// Tries everything but what a VM needs, each thing in namespaces that end with it, in a cell that
/// is killed when one thing takes too long: what was not tried by then is unknown. `where`:
/// kThisMachine or kTheVm. The findings are in the order of all_checks().
Diagnosis diagnose(std::string_view where, const TellFinding& tell);

/// What --vm needs: QEMU, a kernel in `guest_folder`, and KVM, by booting that kernel with it
/// unless a refusal is remembered (vm/kvm.hpp). Adds to the findings.
void diagnose_vm(Diagnosis& diagnosis, const std::string& guest_folder, const TellFinding& tell);

}  // namespace wandrill
