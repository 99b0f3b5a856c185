// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <initializer_list>
#include <string>

#include "net/netns.hpp"

namespace wandrill {

/// An interface in its namespace.
struct Port {
  const NetNs& ns;
  std::string interface;
};

/// Has the kernel take in all frames of these ports on the same CPU, whichever they were sent on.
/// A veth peer takes frames in on the sender's CPU; when a sender moves to another one, or a
/// qdisc's timer fires on another one, frames overtake those that still wait on the first. Receive
/// Packet Steering prevents it: Documentation/networking/scaling.rst of the kernel.
///
/// `nth`: of the CPUs that this process may use, counted in a ring. False where the kernel has no
/// such steering or does not allow it, as to the root of a user namespace; throws std::system_error
/// when there is no such interface.
bool receive_on_one_cpu(std::initializer_list<Port> ports, std::size_t nth);

/// As the kernel shows it, a mask in hex: "2"; "0" is none, empty: it cannot be read.
std::string receive_cpus(const Port& port);

}  // namespace wandrill
