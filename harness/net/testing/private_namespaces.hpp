// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

namespace wandrill::testing {

/// Moves this process into mount and network namespaces of its own, an ordinary user also into a
/// user namespace where he may do as root does; from then on nothing that a test makes can meet the
/// machine's own network. Once for a process: to be called first thing in every lab test, before
/// any thread is started. Returns why this machine does not allow it, or nothing when it is done:
///
///     if (const auto reason = enter_private_namespaces()) WANDRILL_SKIP(*reason);
std::optional<std::string> enter_private_namespaces();

/// How many descriptors this process has open.
std::size_t open_descriptors();

}  // namespace wandrill::testing
