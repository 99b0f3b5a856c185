// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "net/netns.hpp"

namespace wandrill {

/// Writes a kernel parameter of a namespace: "net.ipv4.ip_forward". In a part between dots, "/"
/// stands for a dot of the name itself (an interface "eth0.5" is "eth0/5"), as with sysctl(8).
/// Throws std::system_error.
void write_sysctl(const NetNs& ns, const std::string& name, const std::string& value);

}  // namespace wandrill
