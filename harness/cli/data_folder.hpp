// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace wandrill {

/// The folder that holds the shipped topologies/ and scenarios/: ../share/wandrill of an installed
/// program, or the source tree that it was built in; "" when neither is there.
std::string data_folder();

/// Where the kernel of VMs is: $WANDRILL_GUEST; else guest/ of the data folder; else, when only
/// that one is there, that of the user ($XDG_DATA_HOME/wandrill/guest or below ~/.local/share).
std::string guest_folder();
/// Where `vm setup` puts one: as above, but the user's own where the data folder is not theirs.
std::string folder_for_a_guest();
/// The scripts that unpack kernels and make initramfs.
std::string scripts_of_vm();

}  // namespace wandrill
