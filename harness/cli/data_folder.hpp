// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace wandrill {

/// The folder that holds the shipped topologies/ and scenarios/: ../share/wandrill of an installed
/// program, or the source tree that it was built in; "" when neither is there.
std::string data_folder();

/// Where ci/guest_kernel unpacks the kernel of VMs; $WANDRILL_GUEST if that is set.
std::string guest_folder();

}  // namespace wandrill
