// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <utility>

#include "net/netns.hpp"

namespace wandrill {

/// Writes a kernel parameter of a namespace: "net.ipv4.ip_forward". In a part between dots, "/"
/// stands for a dot of the name itself (an interface "eth0.5" is "eth0/5"), as with sysctl(8).
/// Throws std::system_error.
void write_sysctl(const NetNs& ns, const std::string& name, const std::string& value);

/// Its value without the line's end.
std::string read_sysctl(const NetNs& ns, const std::string& name);

/// Several, name and value, in this order.
using Sysctl = std::pair<std::string, std::string>;
void write_sysctls(const NetNs& ns, std::span<const Sysctl> sysctls);

}  // namespace wandrill
